#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| nnmom_tutor_fuzz::check("course", data));

//! A learner on the full screen where the machine has nothing: no terminal, no files, no clock, as in a browser.

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use nnmom_tutor::files::{Files, Memory};
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::record::{Keeper, MemoryShelf, Moment, Shelf, TypedLines};
use nnmom_tutor::screen::{App, Glyphs, Stage, Wish};
use nnmom_tutor::session::{Library, Session};

use crate::support::screens::{WIDE, enter, look, press, screen, shown};

/// The built-in lesson on Iris as a file, with its data beside it.
fn files() -> Memory {
    let files = Memory::default();
    let lesson = include_str!("../../lessons/iris.yaml").replace("title: ", "title: My ");
    files.put("mine/iris.yaml", lesson);
    for name in ["data/iris-train.csv", "data/iris-test.csv"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
        let data = std::fs::read(folder.join(name)).unwrap();
        files.put(Path::new("mine").join(name), data);
    }
    files
}

fn sitting(files: &Memory, shelf: &MemoryShelf) -> Session {
    let lesson = Lesson::open_in(files, "mine/iris.yaml").unwrap();
    let keeper = Keeper::open(Some(Rc::new(shelf.clone())), Moment::default);
    let session = Session::new(Arc::new(lesson)).unwrap();
    session.keeping(keeper).with_files(Rc::new(files.clone()))
}

#[test]
fn a_sitting_reads_and_writes_in_memory_alone() {
    let (files, shelf) = (files(), MemoryShelf::default());
    let mut app = shown(sitting(&files, &shelf));
    assert!(screen(&mut app, WIDE).contains("My "));
    enter(&mut app, "step 3");
    enter(&mut app, "save three.txt");
    enter(&mut app, "export three.csv");
    assert!(screen(&mut app, WIDE).contains("Written to three.csv."));
    let rows = files.read(Path::new("three.csv"), u64::MAX).unwrap();
    assert!(rows.starts_with(b"step,epoch,item,parameter,"));

    enter(&mut app, "export three.csv");
    press(&mut app, "Esc");
    enter(&mut app, "reset");
    enter(&mut app, "source three.txt");
    assert_eq!(app.session().step(), 3);
    enter(&mut app, "open mine/iris.yaml");
    assert_eq!(app.session().step(), 0);
}

#[test]
fn what_is_done_and_typed_is_known_in_the_next_sitting() {
    let (files, shelf) = (files(), MemoryShelf::default());
    let recalled = || TypedLines::load(Some(Rc::new(shelf.clone()) as Rc<dyn Shelf>));
    let mut app = App::new(sitting(&files, &shelf), look(Glyphs::Unicode)).recalling(recalled());
    enter(&mut app, "page 2");
    drop(app);
    let next = sitting(&files, &shelf);
    assert_eq!(next.keeper().logbook().lessons["mine/iris.yaml"].page, 2);
    assert_eq!(recalled().lines(), ["page 2"]);
}

#[test]
fn the_course_menu_opens_a_lesson() {
    let keeper = Keeper::open(Some(Rc::new(MemoryShelf::default())), Moment::default);
    let open = |library: &Library, wish: Wish, keeper| {
        let Wish::Lesson(place, _) = wish else {
            panic!("{wish:?}");
        };
        let lesson = library.lesson(place).unwrap();
        Ok(Session::new(Arc::new(lesson)).unwrap().keeping(keeper))
    };
    let mut stage = Stage::menu(
        Library::default(),
        keeper,
        look(Glyphs::Unicode),
        TypedLines::default(),
        Box::new(open),
    );
    assert!(screen(&mut stage, WIDE).contains("Why momentum"));
    press(&mut stage, "Enter");
    assert!(screen(&mut stage, WIDE).contains("page 1 of "));
}

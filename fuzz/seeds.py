"""Gathers the seeds of a fuzz target from what the repository has: `seeds.py TARGET FOLDER`."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).parent.parent
BROKEN = sorted(ROOT.glob("tests/broken/*.yaml"))
LESSONS = sorted(ROOT.glob("lessons/*.yaml")) + sorted(ROOT.glob("tests/support/*.yaml")) + [ROOT / "tests/exercises.yaml"]


def sittings():
    """The lines that are typed in each transcript, some at a time."""
    for snapshot in sorted(ROOT.glob("tests/it/snapshots/it__transcripts__*.snap")):
        for sitting in re.split(r"^--- \w+ ---$", snapshot.read_text(), flags=re.M):
            lines = re.findall(r"^> (.*)$", sitting, flags=re.M)
            for start in range(0, len(lines), 6):
                yield lines[start : start + 6]


def with_choices(inputs, choices):
    """Inputs that begin with a byte by which the target chooses, each with one of these."""
    return [bytes([choices[number % len(choices)]]) + text for number, text in enumerate(inputs)]


def lines():
    return [("\n".join(lines)).encode() for lines in sittings()]


def keys():
    """Each transcript typed into the bar, and every key of the keyboard once."""
    typed = [("".join(f":{line}\r" for line in lines)).encode() for lines in sittings()]
    pressed = [bytes(range(0x20, 0x7F)), bytes(range(0x80, 0xB0)) + b"\x1b\t\r", b"n" * 9 + b"\x1b2s3.609\r\r"]
    pressed.append(b"]]}}vvvv\xb0\x20\x10\xd0step\nnext\rshow\xd0\r\xc0\x05\x05\xc1\x30\x10")
    return with_choices([bytes([99, 29]) + keys for keys in typed + 6 * pressed], [0, 1, 4, 5, 6, 7])


def expressions():
    text = "\n".join(path.read_text() for path in LESSONS + BROKEN)
    text += (ROOT / "tests/it/expressions.rs").read_text() + (ROOT / "tests/it/as_written.rs").read_text()
    found = re.findall(r"(?:loss|learning_rate|momentum): *(.+)", text) + re.findall(r'"([^"\n]+)"', text)
    return [expression.strip("\"'").encode() for expression in dict.fromkeys(found)]


def progress():
    right = '{"at": 90000, "variant": "seed 17"}'
    skill = f'{{"tries": 3, "solved": 1, "right": [{right}, {right}], "last": 90000, "lately": ["seed 17"], "missed": 9}}'
    exercise = '{"page": 2, "question": "a", "solved": true, "aided": false, "attempts": 2, "last": 90000}'
    lesson = f'{{"page": 2, "last": 90000, "exercises": [{exercise}]}}'
    whole = f'{{"version": 1, "lessons": {{"momentum": {lesson}}}, "skills": {{"delta": {skill}, "gradient": {skill}}}}}'
    return [whole.encode(), b"\xef\xbb\xbf" + whole.encode(), b'{"version": 2}', b'{"version": 1}', b"", b"[]", b"{"]


def words():
    """A dictionary of the words that commands, lessons and their files are made of."""
    sources = "\n".join(path.read_text() for path in sorted(ROOT.glob("src/command/**/*.rs")) + sorted(ROOT.glob("src/lesson/**/*.rs")))
    words = set(re.findall(r'"([a-z][a-z_-]+)"', sources))
    words |= {field for path in LESSONS + BROKEN for field in re.findall(r"^[ -]*([a-z_]+):", path.read_text(), flags=re.M)}
    hostile = ["\u202e", "\u2066", "\u200f", "\u009b", "\x7f", "\x1b[2J", "\ufeff", "\u6f22", "\u2212", "\u00d7", "\u00bd", "\uff11", "e\u0301"]
    quoted = ["".join(f"\\x{byte:02x}" for byte in word.encode()) for word in sorted(words) + hostile]
    return "".join(f'"{word}"\n' for word in quoted)


GATHER = {
    "course": lambda: [path.read_bytes() for path in sorted(ROOT.glob("tests/corpus/course/*"))],
    "data": lambda: with_choices([p.read_bytes() for p in sorted(ROOT.glob("tests/broken/data/*.csv")) for _ in "01"], bytes(range(12))),
    "expression": expressions,
    "history": lambda: [text + b"\x0cnext\x0cstep 3" for text in lines()],
    "keys": keys,
    "lesson": lambda: [path.read_bytes() for path in LESSONS + BROKEN],
    "lines": lambda: with_choices(lines(), b"\0\1\2\3"),
    "pipe": lambda: with_choices(lines(), b"\0\1\2\3\x80"),
    "progress": progress,
    "trial": lambda: expressions() + [b"data.csv\n" + path.read_bytes() for path in sorted(ROOT.glob("tests/broken/data/*.csv"))],
}

if __name__ == "__main__":
    _, target, folder = sys.argv
    for number, seed in enumerate(GATHER[target]()):
        (pathlib.Path(folder) / f"{number:04}").write_bytes(seed)
    pathlib.Path(folder).with_suffix(".dict").write_text(words())

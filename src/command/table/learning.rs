//! The lesson's pages and their exercises.

use super::{Completes, Row};
use crate::command::Command;
use crate::command::readers::{owned, parse_page, parse_predict, parse_progress};

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "page",
        short: "p",
        arguments: "[next|previous|N]",
        about: "open a page of the lesson",
        detail: "Opening a page prepares its example: the run starts afresh where the page says so. After the last page of a \
                 lesson of the course, `page next` opens the next lesson.",
        examples: &["page next", "page 1"],
        completes: Completes::OneOf(&["next", "previous"]),
        parse: parse_page,
        ..Row::BLANK
    },
    Row {
        name: "lessons",
        about: "show the course: the lessons that come with the program",
        detail: "In the full screen it is the menu of the course; this lesson stays as it is, and Esc goes back to it.",
        parse: |_| Ok(Command::Lessons),
        ..Row::BLANK
    },
    Row {
        name: "open",
        arguments: "LESSON",
        about: "open another lesson: one of `lessons`, or a file",
        detail: "It begins a new sitting, and gives up the runs of this one; digits and the language of the code stay. \
                 A lesson that cannot be opened changes nothing.",
        examples: &["open momentum", "open learning-rate"],
        completes: Completes::File(|_, vocabulary| owned(vocabulary.lessons)),
        parse: |arguments| {
            let advice = "`lessons` lists those that come with the program; or the file of another";
            let name = arguments.need_rest("the name of a lesson", advice)?;
            Ok(Command::Open(name.text.to_owned()))
        },
        ..Row::BLANK
    },
    Row {
        name: "exercise",
        short: "x",
        about: "open the page's exercise",
        detail: "It is about the run as the page has prepared it, whatever you have changed since. `answer` answers.",
        parse: |_| Ok(Command::Exercise),
        ..Row::BLANK
    },
    Row {
        name: "answer",
        short: "a",
        arguments: "[VALUE]",
        about: "answer the exercise, or predict the next line",
        detail: "VALUE is a number, a fraction or an expression; a letter; or letters in their right order. It is judged by the digits you give. A goal needs no value: the run is made again to see. While something is asked, a number alone is an answer too.",
        examples: &[
            "answer 0.25",
            "answer 0.2 + 0.5*0.1",
            "answer b",
            "answer c a b",
        ],
        parse: |arguments| {
            let value = arguments.rest().map(|word| word.text.to_owned());
            Ok(Command::Answer(value))
        },
        ..Row::BLANK
    },
    Row {
        name: "hint",
        about: "show the next hint for the exercise",
        detail: "The last hint is the answer; after it the question comes again in another form: with other numbers, in another order, or for other settings.",
        parse: |_| Ok(Command::Hint),
        ..Row::BLANK
    },
    Row {
        name: "solution",
        about: "show the answer to the exercise",
        detail: "After it the question comes again in another form: with other numbers, in another order, or for other settings.",
        parse: |_| Ok(Command::Solution),
        ..Row::BLANK
    },
    Row {
        name: "progress",
        arguments: "[reset [LESSON] [yes]]",
        about: "show what you have done in every lesson, or forget it",
        detail: "Lessons, exercises and skills, as they are kept from one sitting to the next. `progress reset LESSON` forgets one lesson, `progress reset` everything; both ask first, unless the line ends with `yes`.",
        examples: &["progress", "progress reset", "progress reset momentum"],
        completes: Completes::Words(2, |typed, vocabulary| match typed {
            [] => owned(["reset"]),
            _ => owned(vocabulary.lessons),
        }),
        parse: parse_progress,
        ..Row::BLANK
    },
    Row {
        name: "predict",
        arguments: "on|fade|off",
        about: "say numbers before they are shown, or more of them with every update",
        detail: "While it is on, an update waits where terms join, or something is taken away: at a sum, an error, a \
                 signal, a share, a new weight; of several nodes in a layer, at the first. It does not wait for what is \
                 given or kept as it is, for products and quotients, for one number put through a function, for the plain \
                 weight on the way to the new one, nor at the first line of an update. Your number is compared with the \
                 line, and the line is shown; one that you type at another line is, too. `next` shows a line without; \
                 `step` goes to the next line that waits, and once more to the end. With `fade`, `step` shows the first \
                 update whole, of the second all but the last line, of the third all but the last two: what is left is \
                 for you, products too.",
        examples: &["predict on", "predict fade", "predict off"],
        completes: Completes::OneOf(&["on", "fade", "off"]),
        parse: parse_predict,
        ..Row::BLANK
    },
];

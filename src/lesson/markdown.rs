//! The Markdown of a page: emphasis, code, lists, headings, quotes, tables and links, with live `{quantity}` values among
//! them.

use pulldown_cmark::{Alignment, Event, Options, Parser, Tag, TagEnd, TextMergeStream};

use crate::explain::{Block, Document, Inline, Live, Role, Span, Stand, Table};

/// A name between braces that no live value has.
#[derive(Debug)]
pub struct Unknown {
    /// The name.
    pub name: String,
    /// Whether the braces are those of LaTeX, as in `x_{i}`.
    pub is_latex: bool,
}

/// Reads the text of a page of a lesson with these parameters.
///
/// Doubled braces stand for single ones. Names that no live value has are returned beside the document.
pub fn read(text: &str, parameters: &[String]) -> (Document, Vec<Unknown>) {
    let mut reader = Reader {
        parameters,
        ..Reader::default()
    };
    for event in TextMergeStream::new(Parser::new_ext(text, Options::ENABLE_TABLES)) {
        reader.event(event);
    }
    reader.finish_block();
    let blocks = reader.blocks;
    (Document { blocks }, reader.unknown)
}

/// How emphasised words look among others that are emphasised already.
fn within(outer: Role, inner: Role) -> Role {
    let are_both = matches!(
        (outer, inner),
        (Role::StrongEmphasis, _)
            | (Role::Emphasis | Role::Quote, Role::Strong)
            | (Role::Strong, Role::Emphasis)
    );
    if are_both {
        Role::StrongEmphasis
    } else if outer == Role::Heading || outer == Role::Quote {
        outer
    } else {
        inner
    }
}

fn stand(alignment: Alignment) -> Stand {
    match alignment {
        Alignment::None | Alignment::Left => Stand::Left,
        Alignment::Center => Stand::Middle,
        Alignment::Right => Stand::Right,
    }
}

/// So many quotes and lists in one another are told apart.
const DEEPEST: usize = 16;

/// What stands before the lines of what it holds.
enum Around {
    /// A bar before every line.
    Quote,
    /// The marker of a list's item before the first, and as much room before the others.
    Item { marker: String, is_shown: bool },
}

#[derive(Default)]
struct Reader<'a> {
    /// The names of the lesson's parameters.
    parameters: &'a [String],
    blocks: Vec<Block>,
    /// Names between braces that stand for nothing.
    unknown: Vec<Unknown>,
    /// The open links and pictures, each with its address and where its words begin.
    links: Vec<(String, usize)>,
    /// The open table.
    table: Option<Table>,
    content: Vec<Inline>,
    /// Roles of the open emphasis, headings and quotes; the innermost counts.
    roles: Vec<Role>,
    /// For each open list the number of its next item; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// The open quotes and items of lists, from the outermost.
    around: Vec<Around>,
    /// Whether a block of code is open; its lines are indented.
    in_code: bool,
    /// Whether the next block stands apart from the one before.
    apart: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Code(code) => {
                self.roles.push(Role::Code);
                self.words(&code);
                self.roles.pop();
            }
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => {
                self.finish_block();
                self.apart = false;
            }
            Event::Rule => self.apart = true,
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => self.words(&text),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum")]
    fn start(&mut self, tag: &Tag) {
        match tag {
            Tag::Paragraph => self.open_block(),
            Tag::Heading { .. } => {
                self.open_block();
                self.roles.push(Role::Heading);
            }
            Tag::BlockQuote(_) => {
                self.finish_block();
                self.open_around(Around::Quote);
                self.roles.push(Role::Quote);
            }
            Tag::CodeBlock(_) => {
                self.open_block();
                self.in_code = true;
                self.roles.push(Role::Code);
            }
            Tag::List(first) => {
                self.finish_block();
                self.lists.push(*first);
                self.apart = self.lists.len() == 1;
            }
            Tag::Item => {
                self.finish_block();
                let marker = self.item_marker();
                let is_shown = false;
                self.open_around(Around::Item { marker, is_shown });
            }
            Tag::Emphasis => self.roles.push(within(self.role(), Role::Emphasis)),
            Tag::Strong => self.roles.push(within(self.role(), Role::Strong)),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.links.push((dest_url.to_string(), self.content.len()));
            }
            Tag::Table(columns) => {
                self.open_block();
                let columns = columns.iter().copied().map(stand).collect();
                let rows = Vec::new();
                self.table = Some(Table { columns, rows });
            }
            Tag::TableHead => {
                self.open_row();
                self.roles.push(within(self.role(), Role::Strong));
            }
            Tag::TableRow => self.open_row(),
            _ => {}
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum")]
    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.finish_block(),
            TagEnd::Item => {
                self.finish_block();
                if self.begins_item() {
                    self.push_block();
                }
                self.around.pop();
            }
            TagEnd::Heading(_) | TagEnd::CodeBlock => {
                self.finish_block();
                self.in_code = false;
                self.roles.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.finish_block();
                self.around.pop();
                self.roles.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.apart = self.lists.is_empty();
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::TableHead => {
                self.roles.pop();
            }
            TagEnd::Link | TagEnd::Image => self.close_link(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.content);
                let rows = self.table.iter_mut().map(|table| &mut table.rows);
                rows.filter_map(|rows| rows.last_mut())
                    .for_each(|row| row.push(cell.clone()));
            }
            TagEnd::Table => self.push_block(),
            _ => {}
        }
    }

    fn open_row(&mut self) {
        let tables = self.table.iter_mut();
        tables.for_each(|table| table.rows.push(Vec::new()));
    }

    /// Shows the address of a link behind its words, unless they are the address.
    fn close_link(&mut self) {
        let Some((address, begin)) = self.links.pop() else {
            return;
        };
        let words = self.content.get(begin..).unwrap_or_default().iter();
        let words: String = (words)
            .filter_map(|inline| match inline {
                Inline::Words(span) => Some(span.text.as_str()),
                Inline::Value(_) => None,
            })
            .collect();
        if address.trim_start_matches("mailto:") != words {
            self.push(" (".to_owned(), self.role());
            self.push(address, Role::Code);
            self.push(")".to_owned(), self.role());
        }
    }

    fn item_marker(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "• ".to_owned(),
        }
    }

    /// Whether the marker of an item has still to be shown.
    fn begins_item(&self) -> bool {
        let is_item = |around: &&Around| matches!(around, Around::Item { .. });
        let innermost = self.around.iter().rev().find(is_item);
        matches!(
            innermost,
            Some(Around::Item {
                is_shown: false,
                ..
            })
        )
    }

    /// Opens a quote or an item. Below [`DEEPEST`] there is no room for what stands before its lines.
    fn open_around(&mut self, around: Around) {
        let marker = String::new();
        let is_shown = true;
        self.around.push(if self.around.len() < DEEPEST {
            around
        } else {
            Around::Item { marker, is_shown }
        });
    }

    /// Begins a paragraph, which stands apart from what is before it unless it is the first of a list's item.
    fn open_block(&mut self) {
        self.finish_block();
        self.apart = self.apart || !self.begins_item();
    }

    fn role(&self) -> Role {
        self.roles.last().copied().unwrap_or(Role::Plain)
    }

    fn finish_block(&mut self) {
        if !self.content.is_empty() {
            self.push_block();
        }
    }

    /// Adds what has been gathered as a block, be it empty.
    fn push_block(&mut self) {
        let mut marker = String::new();
        for around in self.around.iter_mut().take(DEEPEST) {
            match around {
                Around::Quote => marker.push_str("│ "),
                Around::Item {
                    marker: own,
                    is_shown: true,
                } => marker.extend(own.chars().map(|_| ' ')),
                Around::Item {
                    marker: own,
                    is_shown,
                } => {
                    marker.push_str(own);
                    *is_shown = true;
                }
            }
        }
        marker.push_str(if self.in_code { "    " } else { "" });
        self.blocks.push(Block {
            marker,
            content: std::mem::take(&mut self.content),
            apart: std::mem::take(&mut self.apart),
            table: self.table.take(),
        });
    }

    /// Adds words, with the live values in them. In a block of code every line is a block of its own.
    fn words(&mut self, text: &str) {
        let role = self.role();
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 && self.in_code {
                self.push_block();
            } else if index > 0 {
                self.finish_block();
            }
            self.words_in_line(line, role);
        }
    }

    fn words_in_line(&mut self, text: &str, role: Role) {
        let mut words = String::new();
        let mut rest = text;
        while let Some(index) = rest.find(['{', '}']) {
            words.push_str(&rest[..index]);
            let brace = &rest[index..=index];
            rest = &rest[index + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                words.push_str(brace);
                rest = after;
                continue;
            }
            let end = if brace == "{" { rest.find('}') } else { None };
            let Some(end) = end else {
                let in_name = |c: &char| c.is_alphanumeric() || *c == '_';
                let name: String = rest.chars().take_while(in_name).collect();
                if brace == "{" && !name.is_empty() {
                    self.note(name, &words);
                }
                words.push_str(brace);
                continue;
            };
            let name = &rest[..end];
            rest = &rest[end + 1..];
            if let Some(live) = Live::from_name(name, self.parameters) {
                self.push(std::mem::take(&mut words), role);
                self.content.push(Inline::Value(live));
            } else {
                self.note(name.to_owned(), &words);
                // A brace of LaTeX is also known by the one before it.
                words.push('}');
            }
        }
        self.push(words + rest, role);
    }

    /// Takes note of a name between braces that stands for nothing, behind these words.
    fn note(&mut self, name: String, before: &str) {
        let stem = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let is_command = stem.len() < before.len() && stem.ends_with('\\');
        let follows =
            before.ends_with('}') && self.unknown.last().is_some_and(|last| last.is_latex);
        let is_latex = is_command
            || follows
            || before.ends_with(['_', '^'])
            || before.contains('$')
            || name.contains('\\');
        self.unknown.push(Unknown { name, is_latex });
    }

    fn push(&mut self, words: String, role: Role) {
        if !words.is_empty() {
            self.content.push(Inline::Words(Span::new(words, role)));
        }
    }
}

//! Goes through the text of an article once, event by event.

use std::collections::BTreeMap;
use std::ops::Range;

use guide_core::source::{Mistake, line_at};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::super::studies::Studies;
use super::{Article, Citation, Figure, FrontMatter, Insert, Part, Reference, STUDIES, Section};

/// See [`super::parse`].
pub(super) fn read(
    file: &str,
    slug: &str,
    text: &str,
    studies: Option<&Studies>,
) -> Result<Article, Vec<Mistake>> {
    let mut reader = Reader::new(file, text, studies);
    let front = reader.front_matter();
    reader.read();
    match front {
        Some(front) if reader.mistakes.is_empty() => Ok(reader.article(slug, front)),
        _ => Err(reader.mistakes),
    }
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    studies: Option<&'a Studies>,
    mistakes: Vec<Mistake>,
    opening: String,
    sections: Vec<Section>,
    /// Events of the part being read.
    pending: Vec<Event<'a>>,
    /// How often each reference is cited, in the order of the first citation.
    cited: Vec<(String, usize, usize)>,
    definitions: BTreeMap<String, (String, usize)>,
    inserted: Vec<String>,
    level: u8,
    words: usize,
    links: Vec<(String, usize)>,
}

impl<'a> Reader<'a> {
    fn new(file: &'a str, text: &'a str, studies: Option<&'a Studies>) -> Self {
        Self {
            file,
            text,
            studies,
            mistakes: Vec::new(),
            opening: String::new(),
            sections: Vec::new(),
            pending: Vec::new(),
            cited: Vec::new(),
            definitions: BTreeMap::new(),
            inserted: Vec::new(),
            level: 1,
            words: 0,
            links: Vec::new(),
        }
    }

    fn report(&mut self, offset: usize, reason: impl Into<String>) {
        let line = line_at(self.text, offset);
        self.mistakes.push(Mistake { file: self.file.to_owned(), line, reason: reason.into() });
    }

    fn events(&self) -> Vec<(Event<'a>, Range<usize>)> {
        let options = Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TABLES
            | Options::ENABLE_SMART_PUNCTUATION;
        Parser::new_ext(self.text, options).into_offset_iter().collect()
    }

    fn front_matter(&mut self) -> Option<FrontMatter> {
        let body = self.text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"));
        let Some((matter, _)) = body else {
            self.report(0, "no front matter; begin the file with +++, title, description, lede, date, reviewed-by, +++");
            return None;
        };
        toml::from_str(matter)
            .map_err(|error| {
                let offset = "+++\n".len() + error.span().map_or(0, |span| span.start);
                self.report(offset, error.message().replace('\n', " "));
            })
            .ok()
    }

    fn read(&mut self) {
        let mut events = self.events().into_iter().peekable();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::MetadataBlock(_)) => {
                    events
                        .by_ref()
                        .find(|(it, _)| matches!(it, Event::End(TagEnd::MetadataBlock(_))));
                }
                Event::Start(Tag::Heading { level, id, classes, .. }) => {
                    let inside =
                        until(&mut events, |it| matches!(it, Event::End(TagEnd::Heading(_))));
                    self.heading(level, id, &classes, inside, range.start);
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == "insert" => {
                    let inside =
                        until(&mut events, |it| matches!(it, Event::End(TagEnd::CodeBlock)));
                    self.insert(&plain(&inside), range.start);
                }
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    let inside = until(&mut events, |it| {
                        matches!(it, Event::End(TagEnd::FootnoteDefinition))
                    });
                    self.check_inside(&inside, range.start);
                    let html = html(inside.into_iter());
                    if self.definitions.insert(name.to_string(), (html, range.start)).is_some() {
                        self.report(
                            range.start,
                            format!("the reference \"{name}\" has two entries"),
                        );
                    }
                }
                Event::Start(Tag::Image { .. }) => {
                    let inside = until(&mut events, |it| matches!(it, Event::End(TagEnd::Image)));
                    if plain(&inside).trim().is_empty() {
                        self.report(
                            range.start,
                            "an image needs a text for those who cannot see it",
                        );
                    }
                    self.report(range.start, "images are not shown yet; use text or a table");
                }
                event => self.text_event(event, range.start),
            }
        }
        self.flush();
        self.check_references();
    }

    fn text_event(&mut self, event: Event<'a>, offset: usize) {
        self.check_inside(std::slice::from_ref(&event), offset);
        match event {
            Event::FootnoteReference(name) => {
                let citation = self.citation(&name, offset).html();
                self.pending.push(Event::InlineHtml(citation.into()));
            }
            Event::Start(Tag::Table(alignments)) => {
                // Wide tables scroll in a box of their own, which the keyboard can reach.
                let open =
                    "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{table}\">";
                self.pending.push(Event::Html(open.into()));
                self.pending.push(Event::Start(Tag::Table(alignments)));
            }
            Event::End(TagEnd::Table) => {
                self.pending.push(Event::End(TagEnd::Table));
                self.pending.push(Event::Html("</div>".into()));
            }
            event => self.pending.push(event),
        }
    }

    fn check_inside(&mut self, events: &[Event<'a>], offset: usize) {
        for event in events {
            match event {
                Event::Text(text) => self.words += text.split_whitespace().count(),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    self.links.push((dest_url.to_string(), line_at(self.text, offset)));
                }
                Event::Html(_) | Event::InlineHtml(_) => {
                    self.report(offset, "HTML is not used in articles; write Markdown");
                }
                _ => {}
            }
        }
    }

    fn citation(&mut self, name: &str, offset: usize) -> Citation {
        let place = match self.cited.iter().position(|(cited, ..)| cited == name) {
            Some(place) => place,
            None => {
                self.cited.push((name.to_owned(), 0, offset));
                self.cited.len() - 1
            }
        };
        self.cited[place].1 += 1;
        Citation { name: name.to_owned(), number: place + 1, nth: self.cited[place].1 }
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<CowStr<'a>>,
        classes: &[CowStr<'a>],
        inside: Vec<Event<'a>>,
        offset: usize,
    ) {
        let depth = level as u8;
        let title = plain(&inside);
        if depth == 1 {
            self.report(offset, "the title stands in the front matter; begin headings with ##");
        } else if depth > self.level + 1 {
            self.report(
                offset,
                format!("a heading level is skipped; use {}", "#".repeat(self.level as usize + 1)),
            );
        }
        self.level = depth;
        if depth > 2 {
            self.pending.push(Event::Start(Tag::Heading {
                level,
                id,
                classes: Vec::new(),
                attrs: Vec::new(),
            }));
            self.pending.extend(inside);
            self.pending.push(Event::End(TagEnd::Heading(level)));
            return;
        }
        self.flush();
        let Some(id) = id else {
            self.report(offset, "a section needs an id for its link: ## Heading {#some-id}");
            return;
        };
        if self.sections.iter().any(|section| section.id == *id) {
            self.report(offset, format!("two sections have the id \"{id}\""));
        }
        if self.sections.iter().any(|section| section.title == title) {
            self.report(offset, format!("two sections are called \"{title}\""));
        }
        self.sections.push(Section {
            id: id.to_string(),
            title,
            classes: classes.join(" "),
            parts: Vec::new(),
        });
    }

    fn insert(&mut self, name: &str, offset: usize) {
        self.flush();
        if self.inserted.iter().any(|it| it == name.trim()) {
            self.report(offset, format!("the insert \"{}\" stands here twice", name.trim()));
        }
        self.inserted.push(name.trim().to_owned());
        let insert = match name.trim() {
            "self-assessment" => Insert::SelfAssessment,
            "appointment-request" => Insert::AppointmentRequest,
            "figure pain-loop" => Insert::Figure(Figure::PainLoop),
            STUDIES => Insert::Figure(Figure::Studies(self.cite_studies(offset))),
            "figure course" => Insert::Figure(Figure::Course),
            other => {
                self.report(offset, format!("unknown insert \"{other}\"; there are self-assessment, appointment-request, figure pain-loop, figure studies and figure course"));
                return;
            }
        };
        match self.sections.last_mut() {
            Some(section) => section.parts.push(Part::Insert(insert)),
            None => self.report(offset, "an insert must stand in a section"),
        }
    }

    /// Cites every study of the figure; one without a reference is found as any citation is.
    fn cite_studies(&mut self, offset: usize) -> Vec<Citation> {
        let studies = self.studies.into_iter().flat_map(Studies::in_order);
        studies.map(|study| self.citation(&study.id, offset)).collect()
    }

    /// Renders what was read since the last heading or insert.
    fn flush(&mut self) {
        let html = html(self.pending.drain(..));
        if html.trim().is_empty() {
            return;
        }
        match self.sections.last_mut() {
            Some(section) => section.parts.push(Part::Html(html)),
            None => self.opening = html,
        }
    }

    fn check_references(&mut self) {
        for (name, _, offset) in self.cited.clone() {
            if !self.definitions.contains_key(&name) {
                self.report(
                    offset,
                    format!("the reference \"{name}\" has no entry; add [^{name}]: …"),
                );
            }
        }
        // Studies that cannot be read may cite any.
        let unknown = self.studies.is_none() && self.inserted.iter().any(|it| it == STUDIES);
        let unused: Vec<_> = self
            .definitions
            .iter()
            .filter(|(name, _)| !unknown && !self.cited.iter().any(|(cited, ..)| cited == *name))
            .map(|(name, (_, offset))| (name.clone(), *offset))
            .collect();
        for (name, offset) in unused {
            self.report(
                offset,
                format!("the reference \"{name}\" is never cited; cite or remove it"),
            );
        }
        // A citation without an entry is plain text to the parser.
        if let Some(offset) = self.uncited() {
            self.report(offset, "a citation [^…] has no entry of that name");
        }
    }

    fn uncited(&self) -> Option<usize> {
        self.events().into_iter().find_map(|(event, range)| match event {
            Event::Text(_)
                if self.text.get(range.clone())?.starts_with('^')
                    && self.text[..range.start].ends_with('[') =>
            {
                Some(range.start)
            }
            _ => None,
        })
    }

    fn article(mut self, slug: &str, front: FrontMatter) -> Article {
        let references = self
            .cited
            .iter()
            .map(|(name, citations, _)| Reference {
                name: name.clone(),
                html: self.definitions.remove(name).map(|(html, _)| html).unwrap_or_default(),
                citations: *citations,
            })
            .collect();
        Article {
            slug: slug.to_owned(),
            front,
            opening: self.opening,
            sections: self.sections,
            references,
            words: self.words,
            links: self.links,
            file: self.file.to_owned(),
        }
    }
}

fn until<'a>(
    events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>,
    ends: impl Fn(&Event<'a>) -> bool,
) -> Vec<Event<'a>> {
    events.map(|(event, _)| event).take_while(|event| !ends(event)).collect()
}

fn html<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

fn plain(events: &[Event<'_>]) -> String {
    let text = |event: &Event<'_>| match event {
        Event::Text(text) | Event::Code(text) => text.to_string(),
        Event::SoftBreak | Event::HardBreak => " ".to_owned(),
        _ => String::new(),
    };
    events.iter().map(text).collect()
}

//! Goes through the text of an article once, event by event.

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;

use guide_core::review;
use guide_core::source::Mistake;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Shared;
use super::article::{Article, FrontMatter, Lines, MATTERS, OPTIONS, Part, STUDIES, Section};
use super::headings::Headings;
use super::images::Image;
use super::references::References;
use super::terms::Terms;

/// Said of a citation whose entry is not found.
pub(super) const NO_ENTRY: &str = "has no entry";

/// The reason given for HTML.
pub(super) const HTML: &str = "HTML is not used in articles; write Markdown";

/// The class of a section in a box of its own, see `style/article.css`.
const SUMMARY: &str = "summary";

/// An event and where in the file it stands.
type Placed<'a> = (Event<'a>, Range<usize>);

/// See [`super::parse`].
pub(super) fn read(
    file: &str,
    slug: &str,
    text: &str,
    shared: Shared<'_>,
) -> Result<Article, Vec<Mistake>> {
    let mut reader = Reader::new(file, text, shared);
    let Some(matter) = reader.matter() else { return Err(reader.mistakes) };
    let front = reader.front_matter(matter.clone());
    reader.read();
    // Only of a text without other mistakes is it known what is in it.
    if reader.mistakes.is_empty() {
        reader.check_emptiness(&matter);
    }
    match front {
        Some(front) if reader.mistakes.is_empty() => Ok(reader.article(slug, front)),
        _ => {
            reader.mistakes.sort_by_key(|mistake| mistake.line);
            Err(reader.mistakes)
        }
    }
}

pub(super) struct Reader<'a> {
    file: &'a str,
    pub(super) text: &'a str,
    /// Where each line ends.
    ends: Vec<usize>,
    pub(super) shared: Shared<'a>,
    pub(super) mistakes: Vec<Mistake>,
    opening: String,
    pub(super) sections: Vec<Section>,
    /// Events of the part being read.
    pending: Vec<Event<'a>>,
    headings: Headings,
    pub(super) references: References,
    pub(super) inserted: HashSet<String>,
    /// A block without an end took what stands below it, entries of references too.
    pub(super) is_cut: bool,
    words: usize,
    links: Vec<(String, usize)>,
    images: Vec<Image>,
    terms: Terms<'a>,
}

impl<'a> Reader<'a> {
    fn new(file: &'a str, text: &'a str, shared: Shared<'a>) -> Self {
        Self {
            file,
            text,
            ends: text.match_indices('\n').map(|(offset, _)| offset).collect(),
            shared,
            mistakes: Vec::new(),
            opening: String::new(),
            sections: Vec::new(),
            pending: Vec::new(),
            headings: Headings::new(),
            references: References::default(),
            inserted: HashSet::new(),
            is_cut: false,
            words: 0,
            links: Vec::new(),
            images: Vec::new(),
            terms: Terms::new(shared.glossary),
        }
    }

    /// The line of a byte, counted from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.ends.partition_point(|end| *end < offset) + 1
    }

    pub(super) fn report(&mut self, offset: usize, reason: impl Into<String>) {
        let line = self.line(offset);
        self.mistakes.push(Mistake { file: self.file.to_owned(), line, reason: reason.into() });
    }

    fn read(&mut self) {
        let options = Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TABLES
            | Options::ENABLE_SMART_PUNCTUATION;
        let mut events = Parser::new_ext(self.text, options).into_offset_iter();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::MetadataBlock(_)) => {
                    until(&mut events, |it| matches!(it, TagEnd::MetadataBlock(_)));
                }
                Event::Start(Tag::Heading { level, id, classes, .. }) => {
                    let inside = until(&mut events, |it| matches!(it, TagEnd::Heading(_)));
                    self.heading(level, id, &classes, inside, range.start);
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let inside = until(&mut events, |it| *it == TagEnd::CodeBlock);
                    self.code_block(&kind, &plain(&inside), range);
                }
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    let inside = until(&mut events, |it| *it == TagEnd::FootnoteDefinition);
                    self.entry(&name, inside, range.start);
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let inside = until(&mut events, |it| *it == TagEnd::Image);
                    self.image(&dest_url, &plain(&inside), range.start);
                }
                event => self.text_event(event, &range),
            }
        }
        self.flush();
        self.check_references();
    }

    fn text_event(&mut self, event: Event<'a>, range: &Range<usize>) {
        let nothing = |last: &Event<'_>| matches!(last, Event::Start(Tag::Link { .. }));
        if matches!(event, Event::End(TagEnd::Link)) && self.pending.last().is_some_and(nothing) {
            self.report(range.start, "a link needs a text: [text](address)");
        }
        self.check(&event, range);
        if let Event::Text(text) = &event {
            self.count(text);
        }
        match event {
            Event::FootnoteReference(name) => {
                let citation = self.references.cite(&name, range.start).html();
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

    fn count(&mut self, text: &str) {
        self.words +=
            text.split_whitespace().filter(|it| it.contains(char::is_alphanumeric)).count();
    }

    /// What is wrong with an event wherever it stands; keeps the links, to look where they lead
    /// when all pages are known.
    fn check(&mut self, event: &Event<'a>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                if dest_url.trim().is_empty() {
                    self.report(range.start, "a link needs an address: [text](address)");
                }
                self.links.push((dest_url.to_string(), self.line(range.start)));
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                self.report(range.start, HTML);
            }
            Event::Start(Tag::Emphasis | Tag::Strong) => self.check_emphasis(range),
            Event::Text(_) => self.check_text(range),
            Event::Code(_) => self.check_code(range),
            _ => {}
        }
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<CowStr<'a>>,
        classes: &[CowStr<'a>],
        inside: Vec<Placed<'a>>,
        offset: usize,
    ) {
        let name = plain(&inside);
        if let Some(reason) = self.heading_slip(&name, offset) {
            self.report(offset, reason);
        } else {
            let line = self.line(offset);
            for reason in self.headings.add(level as usize, &name, id.as_deref(), line) {
                self.report(offset, reason);
            }
        }
        self.count(&name);
        for (event, range) in &inside {
            if matches!(event, Event::Start(Tag::Emphasis | Tag::Strong)) {
                self.check_emphasis(range);
            }
        }
        // Quick links show its text alone.
        let marks = |(event, _): &Placed<'_>| {
            matches!(
                event,
                Event::Start(Tag::Link { .. } | Tag::Image { .. })
                    | Event::FootnoteReference(_)
                    | Event::InlineHtml(_)
            )
        };
        if inside.iter().any(marks) {
            let reason = "a heading is plain text; put links and citations into the text below it";
            self.report(offset, reason);
        }
        if level > HeadingLevel::H2 {
            let heading = Tag::Heading { level, id, classes: Vec::new(), attrs: Vec::new() };
            self.pending.push(Event::Start(heading));
            self.pending.extend(inside.into_iter().map(|(event, _)| event));
            self.pending.push(Event::End(TagEnd::Heading(level)));
            return;
        }
        if let Some(class) = classes.iter().find(|class| &***class != SUMMARY) {
            self.report(
                offset,
                format!("no section looks like .{class}; there is only .{SUMMARY}"),
            );
        }
        self.flush();
        self.sections.push(Section {
            id: id.map(CowStr::into_string).unwrap_or_default(),
            title: name,
            classes: classes.join(" "),
            parts: Vec::new(),
            line: self.line(offset),
        });
    }

    /// The entry of a reference.
    fn entry(&mut self, name: &str, inside: Vec<Placed<'a>>, offset: usize) {
        for (event, range) in &inside {
            self.check(event, range);
            if matches!(event, Event::FootnoteReference(_)) {
                self.report(range.start, "an entry may not cite another; cite both in the text");
            }
            if matches!(event, Event::Start(Tag::Image { .. })) {
                self.report(
                    range.start,
                    "an image does not stand in an entry; put it into the text",
                );
            }
        }
        let html = html(inside.into_iter().map(|(event, _)| event));
        if !self.references.add(name, html, offset) {
            self.report(offset, format!("the reference \"{name}\" has two entries"));
        }
    }

    fn image(&mut self, source: &str, text: &str, offset: usize) {
        if text.trim().is_empty() {
            self.report(offset, "an image needs a text for those who cannot see it");
        }
        match Image::beside(Path::new(self.file), source) {
            Ok(image) => {
                self.pending.push(Event::InlineHtml(image.html(text).into()));
                self.images.push(image);
            }
            Err(reason) => self.report(offset, reason),
        }
    }

    /// Renders what was read since the last heading or insert.
    pub(super) fn flush(&mut self) {
        let explained = self.terms.explain(self.pending.drain(..));
        let html = html(explained.into_iter());
        if html.trim().is_empty() {
            return;
        }
        match self.sections.last_mut() {
            Some(section) => section.parts.push(Part::Html(html)),
            None => self.opening = html,
        }
    }

    fn check_references(&mut self) {
        if self.is_cut {
            self.mistakes.retain(|mistake| !mistake.reason.contains(NO_ENTRY));
            return;
        }
        let [missing, unused] = self.references.unmatched();
        let missing = missing.into_iter().map(|(name, offset)| {
            (offset, format!("the reference \"{name}\" {NO_ENTRY}; add [^{name}]: …"))
        });
        // Studies and options that cannot be read may cite any, and so may options whose insert is missing.
        let lost_options = self.inserted.contains(MATTERS) && !self.inserted.contains(OPTIONS);
        let unknown = (self.shared.studies.is_none() && self.inserted.contains(STUDIES))
            || (self.shared.options.is_none() && self.inserted.contains(OPTIONS))
            || lost_options;
        let unused = unused.into_iter().filter(|_| !unknown).map(|(name, offset)| {
            (offset, format!("the reference \"{name}\" is never cited; cite or remove it"))
        });
        for (offset, reason) in missing.chain(unused).collect::<Vec<_>>() {
            self.report(offset, reason);
        }
    }

    /// A section that says nothing, or an article.
    fn check_emptiness(&mut self, matter: &Range<usize>) {
        if self.opening.is_empty() && self.sections.is_empty() {
            self.report(matter.end + 1, "there is no text below the front matter; write one");
        }
        let empty = |section: &&Section| section.parts.is_empty();
        let lines: Vec<usize> =
            self.sections.iter().filter(empty).map(|section| section.line).collect();
        for line in lines {
            let reason = "nothing stands below this heading; write something, or remove it";
            let file = self.file.to_owned();
            self.mistakes.push(Mistake { file, line, reason: reason.to_owned() });
        }
    }

    fn article(self, slug: &str, front: FrontMatter) -> Article {
        let line = |key| self.line(self.offset_of(key));
        let lines = Lines {
            title: line("title"),
            date: line("date"),
            unlisted: line("unlisted"),
            in_footer: line("in-footer"),
            reviewed_by: line(review::BY),
            reviewed_on: line(review::ON),
        };
        Article {
            slug: slug.to_owned(),
            front,
            opening: self.opening,
            sections: self.sections,
            lines,
            ids: self.headings.into_ids(),
            references: self.references.into_list(),
            words: self.words,
            terms: self.terms.into_found(),
            images: self.images,
            links: self.links,
            file: self.file.to_owned(),
        }
    }
}

/// What stands before the end of what was begun.
fn until<'a>(
    events: &mut impl Iterator<Item = Placed<'a>>,
    ends: impl Fn(&TagEnd) -> bool,
) -> Vec<Placed<'a>> {
    events.take_while(|(event, _)| !matches!(event, Event::End(end) if ends(end))).collect()
}

fn html<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events.flat_map(breakable));
    html
}

/// An address may go on in a new line after each of its slashes, rather than anywhere.
fn breakable(event: Event<'_>) -> Vec<Event<'_>> {
    match event {
        Event::Text(text) if text.contains('/') && !text.contains(char::is_whitespace) => text
            .split_inclusive('/')
            .flat_map(|part| {
                [Event::InlineHtml("<wbr>".into()), Event::Text(part.to_owned().into())]
            })
            .skip(1)
            .collect(),
        event => vec![event],
    }
}

fn plain(events: &[Placed<'_>]) -> String {
    let text = |(event, _): &Placed<'_>| match event {
        Event::Text(text) | Event::Code(text) => text.to_string(),
        Event::SoftBreak | Event::HardBreak => " ".to_owned(),
        _ => String::new(),
    };
    events.iter().map(text).collect()
}

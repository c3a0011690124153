//! Goes through the text of an article once, event by event.

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;

use guide_core::source::Mistake;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::super::studies::Studies;
use super::headings::Headings;
use super::images::Image;
use super::references::References;
use super::{ALL_ARTICLES, Article, Citation, Figure, FrontMatter, Insert, Part, STUDIES, Section};

/// An event and where in the file it stands.
type Placed<'a> = (Event<'a>, Range<usize>);

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
        _ => {
            reader.mistakes.sort_by_key(|mistake| mistake.line);
            Err(reader.mistakes)
        }
    }
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    /// Where each line ends.
    ends: Vec<usize>,
    studies: Option<&'a Studies>,
    mistakes: Vec<Mistake>,
    opening: String,
    sections: Vec<Section>,
    /// Events of the part being read.
    pending: Vec<Event<'a>>,
    headings: Headings,
    references: References,
    inserted: HashSet<String>,
    words: usize,
    links: Vec<(String, usize)>,
    images: Vec<Image>,
}

impl<'a> Reader<'a> {
    fn new(file: &'a str, text: &'a str, studies: Option<&'a Studies>) -> Self {
        Self {
            file,
            text,
            ends: text.match_indices('\n').map(|(offset, _)| offset).collect(),
            studies,
            mistakes: Vec::new(),
            opening: String::new(),
            sections: Vec::new(),
            pending: Vec::new(),
            headings: Headings::new(),
            references: References::default(),
            inserted: HashSet::new(),
            words: 0,
            links: Vec::new(),
            images: Vec::new(),
        }
    }

    /// The line of a byte, counted from 1.
    fn line(&self, offset: usize) -> usize {
        self.ends.partition_point(|end| *end < offset) + 1
    }

    fn report(&mut self, offset: usize, reason: impl Into<String>) {
        let line = self.line(offset);
        self.mistakes.push(Mistake { file: self.file.to_owned(), line, reason: reason.into() });
    }

    fn front_matter(&mut self) -> Option<FrontMatter> {
        let body = self.text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"));
        let Some((matter, _)) = body else {
            self.report(0, "no front matter; begin the file with +++, title, description, lede, date, reviewed-by, +++");
            return None;
        };
        let front: FrontMatter = toml::from_str(matter)
            .map_err(|error| {
                let offset = "+++\n".len() + error.span().map_or(0, |span| span.start);
                self.report(offset, error.message().replace('\n', " "));
            })
            .ok()?;
        let needed =
            [("title", &front.title), ("description", &front.description), ("lede", &front.lede)];
        for (key, _) in needed.into_iter().filter(|(_, value)| value.trim().is_empty()) {
            self.report(self.offset_of(key), format!("the front matter needs a {key}"));
        }
        if front.date.date.is_none() {
            self.report(self.offset_of("date"), "the date needs year, month and day: 2026-11-23");
        }
        Some(front)
    }

    /// Where a key of the front matter stands.
    fn offset_of(&self, key: &str) -> usize {
        self.text.find(&["\n", key].concat()).map_or(0, |before| before + 1)
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
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == "insert" => {
                    let inside = until(&mut events, |it| *it == TagEnd::CodeBlock);
                    self.insert(&plain(&inside), range.start);
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
                self.links.push((dest_url.to_string(), self.line(range.start)));
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                self.report(range.start, "HTML is not used in articles; write Markdown");
            }
            // A citation without an entry is plain text to the parser.
            Event::Text(_) => {
                let source = self.text.get(range.clone()).unwrap_or_default();
                if source.starts_with('^') && self.text[..range.start].ends_with('[') {
                    let reason = format!("the citation [{source}] has no entry; add [{source}]: …");
                    self.report(range.start, reason);
                }
            }
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
        for reason in self.headings.add(level as usize, &name, id.as_deref(), self.line(offset)) {
            self.report(offset, reason);
        }
        self.count(&name);
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
        self.flush();
        self.sections.push(Section {
            id: id.map(CowStr::into_string).unwrap_or_default(),
            title: name,
            classes: classes.join(" "),
            parts: Vec::new(),
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

    fn insert(&mut self, name: &str, offset: usize) {
        self.flush();
        let name = name.trim();
        if !self.inserted.insert(name.to_owned()) {
            self.report(offset, format!("the insert \"{name}\" stands here twice"));
        }
        let insert = match name {
            "self-assessment" => Insert::SelfAssessment,
            "assessment-questions" => Insert::AssessmentQuestions,
            "appointment-request" => Insert::AppointmentRequest,
            "embed-builder" => Insert::EmbedBuilder,
            ALL_ARTICLES => Insert::AllArticles,
            "figure pain-loop" => Insert::Figure(Figure::PainLoop),
            STUDIES => Insert::Figure(Figure::Studies(self.cite_studies(offset))),
            "figure course" => Insert::Figure(Figure::Course),
            other => {
                self.report(offset, format!("unknown insert \"{other}\"; there are self-assessment, assessment-questions, appointment-request, embed-builder, all-articles, figure pain-loop, figure studies and figure course"));
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
        studies.map(|study| self.references.cite(&study.id, offset)).collect()
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
        let [missing, unused] = self.references.unmatched();
        let missing = missing.into_iter().map(|(name, offset)| {
            (offset, format!("the reference \"{name}\" has no entry; add [^{name}]: …"))
        });
        // Studies that cannot be read may cite any.
        let unknown = self.studies.is_none() && self.inserted.contains(STUDIES);
        let unused = unused.into_iter().filter(|_| !unknown).map(|(name, offset)| {
            (offset, format!("the reference \"{name}\" is never cited; cite or remove it"))
        });
        for (offset, reason) in missing.chain(unused).collect::<Vec<_>>() {
            self.report(offset, reason);
        }
    }

    fn article(self, slug: &str, front: FrontMatter) -> Article {
        Article {
            slug: slug.to_owned(),
            front,
            opening: self.opening,
            sections: self.sections,
            ids: self.headings.into_ids(),
            references: self.references.into_list(),
            words: self.words,
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

//! The figures: each drawing is named and told in text, and shows what the content says.

use migraine_guide::content::Content;
use migraine_guide::content::figures::Step;
use migraine_guide::content::routes::Kind;
use migraine_guide::content::studies::Study;
use migraine_guide::pages::render;
use scraper::{ElementRef, Html};

use crate::html::{all, attribute, content, only, text};

fn guide(content: &Content) -> Html {
    Html::parse_document(&render(content, &content.guide, Kind::Guide).expect("rendered"))
}

/// An attribute in em.
fn em(element: ElementRef<'_>, name: &str) -> f64 {
    let length = attribute(element, name);
    length.strip_suffix("em").and_then(|it| it.parse().ok()).expect(length)
}

#[test]
fn every_drawing_is_an_image_with_a_name_and_every_figure_has_a_caption() {
    let page = guide(&content());
    for id in ["figure-pain-loop", "figure-studies", "figure-course"] {
        let drawing = only(&page, &format!("#{id} svg[role=img]"));
        let title = only(&page, &format!("#{}", attribute(drawing, "aria-labelledby")));
        assert_eq!(title.value().name(), "title");
        assert!(text(title).contains("says the same"), "{id}: {}", text(title));
        // The words in the drawing are not read out in pieces.
        assert_eq!(
            all(&page, &format!("#{id} text")).len(),
            all(&page, &format!("#{id} [aria-hidden] text")).len()
        );
        assert!(!text(only(&page, &format!("#{id} > figcaption > strong"))).is_empty());
    }
    assert_eq!(all(&page, "figure").len(), 3);
}

#[test]
fn figures_stand_in_their_sections_without_inline_style_or_script() {
    let page = guide(&content());
    for place in [
        "#in-the-brain > #figure-pain-loop",
        "#studies > #figure-studies",
        "#sessions > #figure-course",
    ] {
        only(&page, place);
    }
    assert!(all(&page, "figure [style], figure style, figure script").is_empty());
}

#[test]
fn every_step_is_drawn_and_listed_under_the_same_number() {
    let content = content();
    let page = guide(&content);
    let figures: [(&str, &[Step]); 2] = [
        ("figure-pain-loop", &content.figures.pain_loop.steps),
        ("figure-course", &content.figures.course.steps),
    ];
    for (id, steps) in figures {
        let listed: Vec<String> =
            all(&page, &format!("#{id} ol li")).into_iter().map(text).collect();
        assert_eq!(listed.len(), steps.len());
        assert_eq!(all(&page, &format!("#{id} .boxes rect")).len(), steps.len());
        let drawn: Vec<String> =
            all(&page, &format!("#{id} .boxes text")).into_iter().map(text).collect();
        let drawn = drawn.join(" ");
        for (index, step) in steps.iter().enumerate() {
            let name = step.drawn.join(" ");
            assert_eq!(listed[index], format!("{name}: {}", step.text));
            let numbered = format!("{} {name}", index + 1);
            assert!(drawn.contains(&numbered), "{id}: {numbered} is not in {drawn}");
        }
    }
}

#[test]
fn the_loop_says_where_ketamine_acts_in_the_drawing_and_in_words() {
    let content = content();
    let page = guide(&content);
    let acts: Vec<String> =
        all(&page, "#figure-pain-loop .acts text").into_iter().map(text).collect();
    assert_eq!(acts, content.figures.pain_loop.ketamine);
    assert!(text(only(&page, "#figure-pain-loop ol + p")).contains("NMDA"));
}

#[test]
fn every_study_is_in_the_drawing_and_in_the_table_in_one_order() {
    let content = content();
    let page = guide(&content);
    let studies: Vec<&Study> = content.studies.in_order().collect();
    assert_eq!(studies.len(), content.studies.studies.len());
    let marks = all(&page, "#figure-studies svg svg:has(.people)");
    let rows = all(&page, "#figure-studies tbody tr:has(td)");
    assert_eq!((marks.len(), rows.len()), (studies.len(), studies.len()));
    for ((study, mark), row) in studies.iter().zip(marks).zip(rows) {
        let people = study.people.to_string();
        assert_eq!(text(mark), format!("{} {people} people", study.name));
        let row = text(row);
        assert!(row.starts_with(&format!("{} {}", study.name, study.year)), "{row}");
        assert!(row.contains(&people) && row.contains(&study.result), "{row}");
        assert!(!row.contains('{'), "{row}");
        // The same comparison in the mark's shape and in words.
        let words = &content.studies.comparison;
        let (shape, said) = match study.compared {
            Some(true) => ("circle.full", words.compared.as_str()),
            Some(false) => ("circle:not(.full)", words.alone.as_str()),
            None => ("rect:not(.full)", "Review"),
        };
        let shape = scraper::Selector::parse(shape).expect("a selector");
        assert_eq!(mark.select(&shape).count(), 1, "{}", study.id);
        assert!(row.contains(said), "{row}");
    }
}

#[test]
fn studies_stand_under_what_they_found() {
    let content = content();
    let page = guide(&content);
    let words = &content.studies.findings;
    let names = [&words.helped, &words.mixed, &words.none];
    let groups = all(&page, "#figure-studies tbody");
    let drawn: Vec<String> =
        all(&page, "#figure-studies svg .group").into_iter().map(text).collect();
    assert_eq!(drawn.iter().collect::<Vec<_>>(), names);
    for (group, name) in groups.into_iter().zip(names) {
        assert!(text(group).starts_with(name.as_str()));
    }
}

#[test]
fn areas_are_proportional_to_the_number_of_people() {
    let content = content();
    let page = guide(&content);
    // The edge of 0.1 em is drawn half inside, half outside.
    let edge = 0.1;
    let marks = all(&page, "#figure-studies svg svg:has(.people) > :is(circle, rect)");
    let areas: Vec<f64> = marks
        .into_iter()
        .map(|mark| match mark.value().name() {
            "circle" => std::f64::consts::PI * (em(mark, "r") + edge / 2.0).powi(2),
            _ => (em(mark, "width") + edge) * (em(mark, "height") + edge),
        })
        .collect();
    let studies: Vec<&Study> = content.studies.in_order().collect();
    assert_eq!(areas.len(), studies.len());
    let person = areas[0] / f64::from(studies[0].people);
    for (area, study) in areas.iter().zip(studies) {
        let ratio = area / f64::from(study.people) / person;
        assert!((0.98..1.02).contains(&ratio), "{}: {ratio}", study.id);
    }
}

#[test]
fn every_study_is_cited_and_its_reference_leads_back_to_its_row() {
    let content = content();
    let page = guide(&content);
    let mut last = 0;
    for study in content.studies.in_order() {
        let link = only(&page, &format!("#figure-studies th a[href='#ref-{}']", study.id));
        let number: usize = text(link).parse().expect("a number");
        // None of them is cited before the figure, so the table counts on.
        assert_eq!(number, if last == 0 { number } else { last + 1 }, "{}", study.id);
        last = number;
        let back = format!("#ref-{} a.back[href='#{}']", study.id, attribute(link, "id"));
        only(&page, &back);
        assert_eq!(content.guide.references[number - 1].name, study.id);
    }
}

#[test]
fn the_table_scrolls_in_a_region_that_the_keyboard_reaches() {
    let page = guide(&content());
    let region = only(&page, "#figure-studies .table[role=region][tabindex='0']");
    only(&page, &format!("#{}", attribute(region, "aria-labelledby")));
    assert_eq!(all(&page, "#figure-studies th[scope=col]").len(), 3);
    assert_eq!(all(&page, "#figure-studies th[scope=rowgroup]").len(), 3);
}

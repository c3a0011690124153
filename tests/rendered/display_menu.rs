//! The Display settings: two named groups of radios, each with what holds unless one chooses.

use migraine_guide::content::routes::Kind;
use migraine_guide::pages::render;
use scraper::Html;

use crate::html::{all, attribute, content, only, text};

#[test]
fn every_setting_has_a_group_a_name_and_a_default() {
    let content = content();
    let words = &content.interface.display;
    let page =
        Html::parse_document(&render(&content, &content.guide, Kind::Guide).expect("rendered"));
    assert_eq!(text(only(&page, "header details.display > summary")), words.open);
    assert!(only(&page, "details.display").attr("open").is_none(), "it starts closed");
    let legends: Vec<String> =
        all(&page, ".display fieldset > legend").into_iter().map(text).collect();
    assert_eq!(legends, [&*words.theme, &*words.text_size]);

    // Names as they are spoken; values as style/tokens.css knows them.
    let groups = [
        ("theme", vec![("", "Auto"), ("light", "Light"), ("dark", "Dark"), ("calm", "Calm")]),
        ("text-size", vec![("", "A normal"), ("1", "A+ larger"), ("2", "A++ largest")]),
    ];
    for (name, expected) in groups {
        let radios = all(&page, &format!(".display input[type=radio][name='{name}']"));
        let found: Vec<(&str, String)> = radios
            .iter()
            .map(|radio| {
                let label = format!(".display label[for='{}']", attribute(*radio, "id"));
                (attribute(*radio, "value"), text(only(&page, &label)))
            })
            .collect();
        let expected: Vec<(&str, String)> =
            expected.into_iter().map(|(value, label)| (value, label.to_owned())).collect();
        assert_eq!(found, expected);
        let checked: Vec<&str> = radios
            .iter()
            .filter(|radio| radio.attr("checked").is_some())
            .map(|radio| attribute(*radio, "value"))
            .collect();
        assert_eq!(checked, [""], "what holds where nothing is chosen");
    }
}

#[test]
fn the_style_sheet_knows_every_setting() {
    let content = content();
    let page =
        Html::parse_document(&render(&content, &content.guide, Kind::Guide).expect("rendered"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/style/tokens.css");
    let tokens = std::fs::read_to_string(path).expect("the tokens");
    for radio in all(&page, ".display input") {
        let (name, value) = (attribute(radio, "name"), attribute(radio, "value"));
        // Light is what holds where no other theme does.
        let known = value.is_empty()
            || value == "light"
            || tokens.contains(&format!(":root[data-{name}=\"{value}\"]"));
        assert!(known, "style/tokens.css has no :root[data-{name}=\"{value}\"]");
    }
}

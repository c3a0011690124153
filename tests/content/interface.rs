//! Mistakes in the other words: interface, figures, studies.

use crate::copy::Copy;

#[test]
fn a_sentence_that_was_emptied() {
    for (file, from) in [
        ("en/interface.toml", "call = \"Call\""),
        ("en/interface.toml", "see-result = \"See my result\""),
        ("en/figures.toml", "title = \"The pain loop, and where ketamine acts\""),
    ] {
        let copy = Copy::new();
        let name = from.split(" = ").next().expect("a name");
        copy.spoil(file, from, &format!("{name} = \"\""));
        copy.expect(file, &format!("{name} = \"\""), "this text is empty");
    }
}

#[test]
fn a_gap_that_nothing_fills() {
    for (from, to, reason) in [
        ("call = \"Call\"", "call = \"Call {clinic}\"", "nothing fills the gap {clinic}"),
        ("{name} (training: {place})", "{name} (training: {place}, {year})", "{year}"),
        ("Updated {month} {year}", "Updated {month} {year}, {Month}", "{Month}"),
    ] {
        let copy = Copy::new();
        copy.spoil("en/interface.toml", from, to);
        copy.expect("en/interface.toml", to, reason);
    }
}

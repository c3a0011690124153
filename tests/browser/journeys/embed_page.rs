//! Staff build what goes into their site, copy it, and check that their site may show the guide.

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::person::Person;

#[apply(in_every_engine)]
async fn staff_choose_look_and_copy(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/embed/")).await;
    let guide = clinic.address("/");
    // Nothing chosen: the same snippet as without script, with the address it is served at.
    person
        .waits_for(&format!(
            "return document.getElementById('embed-wix').textContent === '{guide}'"
        ))
        .await;
    let plain = format!(
        "<script type=\"module\" src=\"{guide}embed.js\"></script>\n<migraine-guide src=\"{guide}\">\n  \
         <a href=\"{guide}\">Open the migraine guide</a>\n</migraine-guide>"
    );
    let read = |name: &str| format!("return document.getElementById('embed-{name}').textContent");
    assert_eq!(person.reads(&read("plain")).await, plain);
    person.meets_no_barrier("the page for staff", "html").await;

    person.chooses("input[name=sections][value=assessment]").await;
    person.chooses("input[name=sections][value=schedule]").await;
    person.picks("theme", "calm").await;
    person.tabs_to("#embed-title").await;
    person.types("Migraine \"<&--]").await;
    person.tabs_to("#embed-max-height").await;
    person.types("700").await;
    person.tabs_to("[data-action='copy embed-plain']").await;
    let attributes = r#" sections="assessment schedule" theme="calm" title="Migraine &quot;&lt;&amp;--]" max-height="700""#;
    let plain = person.reads(&read("plain")).await;
    assert!(plain.contains(&format!("<migraine-guide src=\"{guide}\"{attributes}>")), "{plain}");
    assert_eq!(person.reads(&read("squarespace")).await, plain);
    assert_eq!(
        person.reads(&read("shortcode")).await,
        r#"[migraine_guide sections="assessment schedule" theme="calm" title="Migraine &quot;&lt;&amp;--" max_height="700"]"#
    );
    assert_eq!(
        person.reads(&read("block")).await,
        r#"<!-- wp:migraine-guide/guide {"sections":"assessment schedule","theme":"calm","title":"Migraine \"\u003c\u0026\u002d\u002d]","max-height":"700"} /-->"#
    );
    assert_eq!(
        person.reads(&read("wix")).await,
        format!("{guide}?sections=assessment+schedule&theme=calm")
    );

    // The preview shows the choices.
    person.runs("document.getElementById('embed-preview').scrollIntoView()").await;
    let frame = "document.getElementById('embed-preview').shadowRoot?.querySelector('iframe')";
    person.waits_for(&format!("return {frame}?.offsetHeight === 700")).await;
    person.enters_frame(&format!("return {frame}")).await;
    person
        .waits_for("return document.documentElement.dataset.sections === 'assessment schedule'")
        .await;
    assert_eq!(person.reads("return document.documentElement.dataset.theme").await, "calm");
    person.leaves_frame().await;

    // Copied, it is selected and said.
    person.clicks("[data-action='copy embed-plain']").await;
    person.waits_for("return getSelection().toString().includes('<migraine-guide')").await;
}

#[apply(in_every_engine)]
async fn staff_learn_whether_their_site_may_show_the_guide(engine: Engine) {
    let clinic = Clinic::open_to(
        "'self' https://clinic.example https://*.partner.example:8443 http://old.example",
    )
    .await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/embed/")).await;
    person
        .waits_for(
            "return document.getElementById('embed-wix').textContent.startsWith(location.origin)",
        )
        .await;
    let here = clinic.address("");
    for (site, answer) in [
        ("https://clinic.example/migraine?x", "https://clinic.example may show the guide."),
        ("clinic.example", "https://clinic.example may show the guide."),
        (here.as_str(), "may show the guide."),
        ("http://old.example", "may show the guide."),
        ("https://old.example", "may show the guide."),
        ("https://a.b.partner.example:8443", "may show the guide."),
        ("http://clinic.example", "may not show the guide yet"),
        ("https://www.clinic.example", "may not show the guide yet"),
        ("https://partner.example:8443", "may not show the guide yet"),
        ("https://a.partner.example", "may not show the guide yet"),
        (
            "https://evil-clinic.example",
            "frame_ancestors = \"'self' https://clinic.example https://*.partner.example:8443 http://old.example https://evil-clinic.example\"",
        ),
        ("not an address", "Enter the address of your site"),
        ("", "Enter the address of your site"),
    ] {
        person.runs("document.getElementById('embed-check-result').textContent = ''").await;
        person
            .runs(&format!("document.getElementById('embed-site').value = {}", json!(site)))
            .await;
        person.follows("#embed-check button[type=submit]").await;
        person
            .waits_for("return document.getElementById('embed-check-result').textContent !== ''")
            .await;
        let said = person.sees("#embed-check-result").await;
        assert!(said.contains(answer), "{site}: {said}");
    }
}

//! Describes a page as linked data, in the vocabulary of schema.org.

use serde_json::{Value, json};

use crate::content::Content;
use crate::content::markdown::Article;
use crate::content::routes::{Kind, address};

/// The page and its breadcrumbs, as JSON-LD in a script element.
pub fn script(content: &Content, page: &Article, kind: Kind) -> String {
    let graph = json!({
        "@context": "https://schema.org",
        "@graph": [web_page(content, page, kind), breadcrumbs(content, page, kind)],
    });
    // `<` could end the script element.
    let graph = graph.to_string().replace('<', "\\u003c");
    ["<script type=\"application/ld+json\">", &graph, "</script>"].concat()
}

fn web_page(content: &Content, page: &Article, kind: Kind) -> Value {
    let (front, words) = (&page.front, &content.interface.head);
    let date = front.date.to_string();
    let mut it = json!({
        "@type": "MedicalWebPage",
        "name": front.title,
        "description": front.description,
        "url": address(&content.clinic, page, kind),
        "inLanguage": content.language,
        "dateModified": date,
        "about": [
            { "@type": "MedicalCondition", "name": words.condition },
            { "@type": "Drug", "name": words.drug },
        ],
        "publisher": { "@type": "MedicalOrganization", "name": content.clinic.name },
    });
    // Left out until a clinician has reviewed the page.
    if let Some((name, day)) = front.review().done() {
        it["lastReviewed"] = json!(day);
        it["reviewedBy"] = json!({ "@type": "Person", "name": name });
    }
    it
}

fn breadcrumbs(content: &Content, page: &Article, kind: Kind) -> Value {
    let guide = (&content.guide, Kind::Guide);
    let path = match kind {
        Kind::Guide => vec![guide],
        Kind::Article | Kind::Further => vec![guide, (page, kind)],
    };
    let items: Vec<Value> = path
        .into_iter()
        .zip(1..)
        .map(|((page, kind), position)| {
            json!({
                "@type": "ListItem",
                "position": position,
                "name": page.front.title,
                "item": address(&content.clinic, page, kind),
            })
        })
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

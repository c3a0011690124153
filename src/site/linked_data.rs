//! Describes a page as linked data, in the vocabulary of schema.org.

use serde_json::{Value, json};

use crate::content::Content;
use crate::content::markdown::Article;
use crate::content::routes::{Kind, address};

/// The page, and the way from the guide to it, as JSON-LD in a script element.
pub fn script(content: &Content, page: &Article, kind: Kind) -> String {
    let mut nodes = vec![web_page(content, page, kind)];
    // No way leads to the guide itself.
    if kind != Kind::Guide {
        nodes.push(breadcrumbs(content, page, kind));
    }
    let graph = json!({ "@context": "https://schema.org", "@graph": nodes });
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
    let items: Vec<Value> = [(&content.guide, Kind::Guide), (page, kind)]
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

//! The built pages and the built inbox, and how long caches may keep them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_RANGES, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, HeaderValue, IF_RANGE, LAST_MODIFIED, LOCATION, RANGE,
};
use axum::http::{StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::Response;
use guide_core::policy;
use percent_encoding::percent_decode_str;
use tower_http::services::{ServeDir, ServeFile};

use crate::headers::{is_part, with_frame_ancestors};
use crate::settings::FrameAncestors;

/// A year, the longest that RFC 9111 caches are expected to honor.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// May be cached, but must be revalidated before each use.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
/// Icons and the manifest change as rarely as the clinic's name; browsers ask for them at every visit.
const A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");
/// Errors are not cached: a file that is missing now may be there after the next build.
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
/// The type of scripts (RFC 9239); the table of the file server has the obsolete one for `.mjs`.
const JAVASCRIPT: HeaderValue = HeaderValue::from_static("text/javascript");
/// The script that other sites load into their pages. As a module it is fetched with CORS, and it
/// holds nothing private.
const EMBED_SCRIPT: &str = "/embed.js";
/// A path that no file can have: no name holds a NUL.
const NOWHERE: &str = "/%00";
/// The folder whose leading dot is no secret (RFC 8615), at the root alone.
const WELL_KNOWN: &str = ".well-known";
/// The fewest hexadecimal digits that count as a content hash.
const SHORTEST_HASH: usize = 8;

/// Serves the pages in a folder.
///
/// A page is sent with the policy that the build wrote beside it, read at each response: the pages may
/// be built anew while the service runs.
pub fn routes(folder: &Path, frame_ancestors: FrameAncestors) -> Router {
    let policy = PagePolicy { file: folder.join(policy::FILE), frame_ancestors };
    files(folder)
        .layer(middleware::from_fn(let_others_load))
        .layer(middleware::from_fn_with_state(Arc::new(policy), set_policy))
}

/// Serves the inbox in a folder. Its policy is that of the whole listener, see
/// [`crate::headers::of_operations`]; no other site loads anything of it.
pub fn inbox(folder: &Path) -> Router {
    files(folder)
}

/// Serves a folder: `index.html` for folders, `.br` and `.gz` files in place of plain ones for
/// clients that accept them, conditional and range requests, and `404.html` for paths without a
/// file.
fn files(folder: &Path) -> Router {
    let files = ServeDir::new(folder)
        .precompressed_br()
        .precompressed_gzip()
        .not_found_service(ServeFile::new(folder.join("404.html")));
    Router::new().fallback_service(files).layer(middleware::from_fn(set_headers))
}

struct PagePolicy {
    file: PathBuf,
    frame_ancestors: FrameAncestors,
}

async fn set_policy(
    State(policy): State<Arc<PagePolicy>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    if is_part(response.headers()) {
        return response;
    }
    // On every other response: a 304 names no type, and its headers replace those of the page in the cache.
    // Pages of an older release have neither the file nor anything inline.
    if let Ok(own) = tokio::fs::read_to_string(&policy.file).await
        && let Ok(value) =
            HeaderValue::try_from(with_frame_ancestors(own.trim(), &policy.frame_ancestors))
    {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, value);
    }
    response
}

async fn set_headers(mut request: Request, next: Next) -> Response {
    let path = decoded_path(&request);
    let named_by_content = is_named_by_content(&path);
    let for_home_screens =
        [".webmanifest", ".ico", "/icon.svg"].iter().any(|ending| path.ends_with(ending));
    // Without the host that a client may name there: no redirect may repeat it.
    *request.uri_mut() = request
        .uri()
        .path_and_query()
        .cloned()
        .map_or_else(|| Uri::from_static(NOWHERE), Uri::from);
    // The file server does not check If-Range; the whole file is always right.
    if request.headers().contains_key(IF_RANGE) {
        request.headers_mut().remove(RANGE);
    }
    if leads_to_hidden(&path) {
        *request.uri_mut() = Uri::from_static(NOWHERE);
    }
    let mut response = next.run(request).await;
    let status = response.status();
    let headers = response.headers_mut();
    if headers.get(CONTENT_TYPE).is_some_and(|it| it == "application/javascript") {
        headers.insert(CONTENT_TYPE, JAVASCRIPT);
    }
    // `//folder` would be sent on to `//folder/`, which browsers take for another host.
    if headers.get(LOCATION).is_some_and(|it| it.as_bytes().starts_with(b"//")) {
        headers.remove(LOCATION);
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    let value = if !(status.is_success() || status == StatusCode::NOT_MODIFIED) {
        NO_STORE
    } else if named_by_content {
        IMMUTABLE
    } else if for_home_screens {
        A_DAY
    } else {
        REVALIDATE
    };
    response.headers_mut().insert(CACHE_CONTROL, value.clone());
    // Nobody asks for a part of a file beside the pages, and its tag says if it has changed.
    if value == IMMUTABLE || value == A_DAY {
        response.headers_mut().remove(LAST_MODIFIED);
        response.headers_mut().remove(ACCEPT_RANGES);
    }
    response
}

/// Lets other sites load the script that they are to embed.
async fn let_others_load(request: Request, next: Next) -> Response {
    let for_other_sites = decoded_path(&request) == EMBED_SCRIPT;
    let mut response = next.run(request).await;
    if for_other_sites {
        let any = HeaderValue::from_static("*");
        response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, any);
    }
    response
}

/// The path, decoded once, as the file server does before it opens a file, so that rules see the name of
/// that file.
fn decoded_path(request: &Request) -> String {
    let path = percent_decode_str(request.uri().path()).decode_utf8();
    path.map_or_else(|_| NOWHERE.to_owned(), Cow::into_owned)
}

/// Returns `true` if a name on the way has a leading dot: a repository, a lock of the build, a
/// forgotten backup, nobody's page. A backslash separates names too, as it does on other systems.
fn leads_to_hidden(path: &str) -> bool {
    let names = path.split(['/', '\\']).filter(|name| !matches!(*name, "" | "."));
    names.enumerate().any(|(nth, name)| name.starts_with('.') && (nth, name) != (0, WELL_KNOWN))
}

/// Returns `true` if the file's name holds a hash of its content, so that it can never change: a part
/// of at least 8 hexadecimal digits. Digits alone may be a date, letters alone a word; such a file is
/// revalidated.
pub fn is_named_by_content(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split(['-', '_', '.']).any(|part| {
        part.len() >= SHORTEST_HASH
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
            && part.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

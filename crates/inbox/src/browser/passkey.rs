//! Passkeys (WebAuthn Level 3) with the extension `prf`: a passkey gives a secret for a salt, and nobody else has
//! it. The service takes no part in it: the secret opens a file that lies here.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// ES256 and RS256, which all authenticators have between them (IANA COSE Algorithms).
const ALGORITHMS: [i32; 2] = [-7, -257];
/// Milliseconds in which a person finds their key.
const TIME: i32 = 120_000;

/// A new passkey, the salt that it was asked with, and the secret that it gave.
pub struct NewPasskey {
    /// The credential's id.
    pub id: Vec<u8>,
    /// The salt.
    pub salt: Vec<u8>,
    /// The secret.
    pub secret: Vec<u8>,
}

/// Returns `true` if the browser knows passkeys. If it knows the extension, only trying tells.
pub fn is_supported() -> bool {
    Reflect::has(&window(), &"PublicKeyCredential".into()).unwrap_or(false)
}

/// Makes a passkey for a person. `None` where the person cancels, or their authenticator gives no secrets.
pub async fn create(name: &str, clinic: &str) -> Option<NewPasskey> {
    let salt = web_jwe::random::<32>().ok()?;
    let user_id = web_jwe::random::<16>().ok()?;
    let parameters = Array::new();
    for algorithm in ALGORITHMS {
        let parameter = [("type", "public-key".into()), ("alg", algorithm.into())];
        parameters.push(&object(&parameter));
    }
    let user =
        object(&[("id", bytes(&user_id)), ("name", name.into()), ("displayName", name.into())]);
    let selection =
        object(&[("residentKey", "discouraged".into()), ("userVerification", "required".into())]);
    let options = object(&[
        ("challenge", bytes(&web_jwe::random::<32>().ok()?)),
        ("rp", object(&[("name", clinic.into())])),
        ("user", user),
        ("pubKeyCredParams", parameters.into()),
        ("authenticatorSelection", selection),
        ("timeout", TIME.into()),
        ("extensions", prf(&salt)),
    ]);
    let credential = call("create", &options).await?;
    let id = Uint8Array::new(&Reflect::get(&credential, &"rawId".into()).ok()?).to_vec();
    // Some give the secret at once, others when they are asked again.
    let secret = match secret_of(&credential) {
        Some(secret) => secret,
        None => ask(&id, &salt).await?,
    };
    Some(NewPasskey { id, salt: salt.to_vec(), secret })
}

/// The secret that a passkey gives for a salt; both base64url. `None` where the person cancels, or the passkey is
/// not at hand.
pub async fn secret(id: &str, salt: &str) -> Option<Vec<u8>> {
    let decoded = |text: &str| Base64UrlUnpadded::decode_vec(text).ok();
    ask(&decoded(id)?, &decoded(salt)?).await
}

async fn ask(id: &[u8], salt: &[u8]) -> Option<Vec<u8>> {
    let allowed = object(&[("type", "public-key".into()), ("id", bytes(id))]);
    let options = object(&[
        ("challenge", bytes(&web_jwe::random::<32>().ok()?)),
        ("allowCredentials", Array::of1(&allowed).into()),
        ("userVerification", "required".into()),
        ("timeout", TIME.into()),
        ("extensions", prf(salt)),
    ]);
    secret_of(&call("get", &options).await?)
}

/// Calls a method of `navigator.credentials`.
async fn call(method: &str, options: &JsValue) -> Option<JsValue> {
    let credentials = Reflect::get(&window().navigator(), &"credentials".into()).ok()?;
    let method: Function = Reflect::get(&credentials, &method.into()).ok()?.dyn_into().ok()?;
    let argument = object(&[("publicKey", options.clone())]);
    let promise: Promise = method.call1(&credentials, &argument).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

fn prf(salt: &[u8]) -> JsValue {
    object(&[("prf", object(&[("eval", object(&[("first", bytes(salt))]))]))])
}

fn secret_of(credential: &JsValue) -> Option<Vec<u8>> {
    let results = Reflect::get(credential, &"getClientExtensionResults".into()).ok()?;
    let results = results.dyn_into::<Function>().ok()?.call0(credential).ok()?;
    let mut value = results;
    for name in ["prf", "results", "first"] {
        value = Reflect::get(&value, &name.into()).ok().filter(|it| it.is_truthy())?;
    }
    let secret = Uint8Array::new(&value).to_vec();
    (secret.len() == 32).then_some(secret)
}

fn bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // Fails only for an object that is not extensible, and this one is new.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

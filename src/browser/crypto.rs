//! Sealing by Web Crypto alone: no cipher code of our own in the bundle.
//!
//! JWE (RFC 7516): the payload is encrypted once with a random key (A256GCM), and that key is
//! wrapped for every recipient (ECDH-ES+A256KW, RFC 7518 §4.6).

use base64ct::{Base64UrlUnpadded, Encoding as _};
use guide_core::key::{ALGORITHM, Point, PublicKey};
use guide_core::request::envelope::{Envelope, ProtectedHeader, Recipient, RecipientHeader};
use guide_core::request::reference::Reference;
use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use leptos::prelude::window;
use uuid::Uuid;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, CryptoKeyPair, SubtleCrypto};

/// Bytes of an A256GCM nonce (RFC 7518 §5.3).
const IV_BYTES: usize = 12;
/// Bytes of an A256GCM tag (RFC 7518 §5.3); Web Crypto puts it behind the ciphertext.
const TAG_BYTES: usize = 16;
/// Bits of the key that wraps the content key.
const WRAPPING_BITS: u32 = 256;

/// The browser cannot seal: no Web Crypto (a page that did not come by https), or it refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unavailable;

impl From<JsValue> for Unavailable {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// A new random request id (UUID v4).
///
/// # Errors
/// Where the browser has no source of randomness.
pub fn new_id() -> Result<Uuid, Unavailable> {
    let mut bytes = [0; 16];
    fill_random(&mut bytes)?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// The reference of a request, as intake computes it too.
///
/// # Errors
/// Where the browser cannot hash.
pub async fn reference(request_id: Uuid) -> Result<Reference, Unavailable> {
    let digest = sha256(request_id.as_bytes()).await?;
    Reference::from_digest(&digest).ok_or(Unavailable)
}

/// Seals a payload for every key: whoever holds one of the private keys can open it, nobody else.
///
/// # Errors
/// Where the browser cannot, or a key is not a point on the curve. Nothing readable is left over.
pub async fn seal(
    payload: &[u8],
    request_id: Uuid,
    keys: &[PublicKey],
) -> Result<Envelope, Unavailable> {
    let subtle = subtle()?;
    let content_key: CryptoKey = wait(subtle.generate_key_with_object(
        &object(&[("name", "AES-GCM".into()), ("length", 256.into())])?,
        true,
        &usages(&["encrypt"]),
    )?)
    .await?;

    let protected = ProtectedHeader::new(request_id).encode();
    let mut iv = [0; IV_BYTES];
    fill_random(&mut iv)?;
    let algorithm = object(&[
        ("name", "AES-GCM".into()),
        ("iv", bytes(&iv)),
        ("additionalData", bytes(protected.as_bytes())),
        ("tagLength", (TAG_BYTES as u32 * 8).into()),
    ])?;
    let sealed: ArrayBuffer = wait(subtle.encrypt_with_object_and_js_u8_array(
        &algorithm,
        &content_key,
        &Uint8Array::from(payload),
    )?)
    .await?;
    let sealed = Uint8Array::new(&sealed).to_vec();
    let (ciphertext, tag) =
        sealed.split_at_checked(sealed.len().wrapping_sub(TAG_BYTES)).ok_or(Unavailable)?;

    let mut recipients = Vec::with_capacity(keys.len());
    for key in keys {
        recipients.push(wrap(&subtle, &content_key, key).await?);
    }
    Ok(Envelope {
        protected,
        recipients,
        iv: encode(&iv),
        ciphertext: encode(ciphertext),
        tag: encode(tag),
    })
}

/// Wraps the content key for one recipient, with an ephemeral key made for this alone.
async fn wrap(
    subtle: &SubtleCrypto,
    content_key: &CryptoKey,
    recipient: &PublicKey,
) -> Result<Recipient, Unavailable> {
    let curve = object(&[("name", "ECDH".into()), ("namedCurve", "P-256".into())])?;
    let pair: CryptoKeyPair =
        wait(subtle.generate_key_with_object(&curve, true, &usages(&["deriveBits"]))?).await?;
    let jwk = point_to_jwk(&recipient.point())?;
    let public: CryptoKey =
        wait(subtle.import_key_with_object("jwk", &jwk, &curve, true, &Array::new())?).await?;
    let agreement = object(&[("name", "ECDH".into()), ("public", public.into())])?;
    let secret: ArrayBuffer =
        wait(subtle.derive_bits_with_object(&agreement, &pair.get_private_key(), WRAPPING_BITS)?)
            .await?;

    let derived = sha256(&concat_kdf_input(&Uint8Array::new(&secret).to_vec())).await?;
    let wrapping_key: CryptoKey = wait(subtle.import_key_with_str(
        "raw",
        &Uint8Array::from(&*derived),
        "AES-KW",
        false,
        &usages(&["wrapKey"]),
    )?)
    .await?;
    let wrapped: ArrayBuffer =
        wait(subtle.wrap_key_with_str("raw", content_key, &wrapping_key, "AES-KW")?).await?;
    let ephemeral: Object = wait(subtle.export_key("jwk", &pair.get_public_key())?).await?;
    Ok(Recipient {
        header: RecipientHeader {
            alg: ALGORITHM.to_owned(),
            kid: recipient.kid.clone(),
            epk: jwk_to_point(&ephemeral)?,
        },
        encrypted_key: encode(&Uint8Array::new(&wrapped).to_vec()),
    })
}

/// What the Concat KDF hashes (RFC 7518 §4.6.2): one round gives the 256 bits that are needed.
fn concat_kdf_input(secret: &[u8]) -> Vec<u8> {
    let round = 1_u32.to_be_bytes();
    let algorithm_length = (ALGORITHM.len() as u32).to_be_bytes();
    // Neither party is named: `apu` and `apv` are absent, so their lengths are 0.
    let no_party = 0_u32.to_be_bytes();
    let key_bits = WRAPPING_BITS.to_be_bytes();
    [&round[..], secret, &algorithm_length, ALGORITHM.as_bytes(), &no_party, &no_party, &key_bits]
        .concat()
}

async fn sha256(input: &[u8]) -> Result<Vec<u8>, Unavailable> {
    let digest = subtle()?.digest_with_str_and_js_u8_array("SHA-256", &Uint8Array::from(input))?;
    let digest: ArrayBuffer = wait(digest).await?;
    Ok(Uint8Array::new(&digest).to_vec())
}

fn subtle() -> Result<SubtleCrypto, Unavailable> {
    // `subtle` is undefined where a page did not come by https, which the binding does not know.
    let crypto = window().crypto()?;
    Reflect::get(&crypto, &"subtle".into())?.dyn_into().map_err(|_| Unavailable)
}

fn fill_random(bytes: &mut [u8]) -> Result<(), Unavailable> {
    window().crypto()?.get_random_values_with_u8_array(bytes)?;
    Ok(())
}

/// What a promise of Web Crypto comes to, which its specification types.
async fn wait<T: wasm_bindgen::JsCast>(promise: js_sys::Promise) -> Result<T, Unavailable> {
    Ok(JsFuture::from(promise).await?.unchecked_into())
}

fn object(entries: &[(&str, JsValue)]) -> Result<Object, Unavailable> {
    let object = Object::new();
    for (name, value) in entries {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object)
}

fn usages(names: &[&str]) -> Array {
    names.iter().map(|name| JsValue::from_str(name)).collect()
}

fn point_to_jwk(point: &Point) -> Result<Object, Unavailable> {
    object(&[
        ("kty", (&*point.kty).into()),
        ("crv", (&*point.crv).into()),
        ("x", (&*point.x).into()),
        ("y", (&*point.y).into()),
    ])
}

fn jwk_to_point(jwk: &Object) -> Result<Point, Unavailable> {
    let member = |name: &str| Reflect::get(jwk, &name.into())?.as_string().ok_or(Unavailable);
    Ok(Point { kty: member("kty")?, crv: member("crv")?, x: member("x")?, y: member("y")? })
}

fn bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

//! Public keys as policies give them: PEM of a certificate or a key, or a JSON web key, alone or in a set.

use serde_json::Value as Json;

use super::base64url;

/// A public key, in the form that `ring` takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PublicKey {
    pub(super) kind: KeyKind,
    pub(super) bytes: Vec<u8>,
    /// What a set calls it.
    pub(super) id: Option<String>,
}

/// Kinds of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyKind {
    /// `RSAPublicKey` in DER.
    Rsa,
    /// A point, not compressed.
    EllipticCurve,
    /// 32 bytes.
    Ed25519,
}

/// True for a text that holds public keys, as far as its form tells.
pub(super) fn is_public(text: &str) -> bool {
    text.contains("-----BEGIN ") || text.trim_start().starts_with('{')
}

/// The keys in a text; an error says why there is none.
pub(super) fn keys(text: &str) -> Result<Vec<PublicKey>, String> {
    if text.contains("-----BEGIN ") {
        return pem(text).map(|key| vec![key]);
    }
    let json: Json = serde_json::from_str(text).map_err(|_| "the key is neither PEM nor JSON".to_owned())?;
    let listed = json.get("keys").and_then(Json::as_array);
    let keys: Vec<PublicKey> = match listed {
        Some(keys) => keys.iter().filter_map(jwk).collect(),
        None => jwk(&json).into_iter().collect(),
    };
    if keys.is_empty() { Err("there is no key in it that can verify a token".to_owned()) } else { Ok(keys) }
}

fn jwk(json: &Json) -> Option<PublicKey> {
    let bytes = |name: &str| json.get(name).and_then(Json::as_str).and_then(base64url);
    let id = json.get("kid").and_then(Json::as_str).map(str::to_owned);
    let (kind, bytes) = match json.get("kty").and_then(Json::as_str)? {
        "RSA" => (KeyKind::Rsa, sequence(&[integer(&bytes("n")?), integer(&bytes("e")?)].concat())),
        "EC" => (KeyKind::EllipticCurve, [vec![4], bytes("x")?, bytes("y")?].concat()),
        "OKP" => (KeyKind::Ed25519, bytes("x")?),
        _ => return None,
    };
    Some(PublicKey { kind, bytes, id })
}

/// The first block of PEM.
fn pem(text: &str) -> Result<PublicKey, String> {
    let (_, rest) = text.split_once("-----BEGIN ").ok_or("the key is no PEM")?;
    let (label, rest) = rest.split_once("-----").ok_or("the key is no PEM")?;
    let (body, _) = rest.split_once("-----END").ok_or("the PEM of the key is cut")?;
    let plain: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    let der = base64url(&plain.replace('+', "-").replace('/', "_")).ok_or("the PEM of the key is no base64")?;
    let odd = || format!("the {label} is not what its label says");
    match label {
        "RSA PUBLIC KEY" => Ok(PublicKey { kind: KeyKind::Rsa, bytes: der, id: None }),
        "PUBLIC KEY" => subject_key(&der).ok_or_else(odd),
        "CERTIFICATE" => certificate_key(&der).ok_or_else(odd),
        other => Err(format!("a {other} cannot verify a token: give a certificate or a public key")),
    }
}

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT: u8 = 0x06;
const VERSION: u8 = 0xa0;

/// One value of DER: its tag, its content, and what follows it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (digits.iter().fold(0usize, |length, digit| length << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

fn inside(der: &[u8], wanted: u8) -> Option<(&[u8], &[u8])> {
    let (tag, content, rest) = element(der)?;
    (tag == wanted).then_some((content, rest))
}

/// The key of a `SubjectPublicKeyInfo`.
fn subject_key(der: &[u8]) -> Option<PublicKey> {
    let (info, _) = inside(der, SEQUENCE)?;
    let (algorithm, rest) = inside(info, SEQUENCE)?;
    let (name, _) = inside(algorithm, OBJECT)?;
    let (bits, _) = inside(rest, BIT_STRING)?;
    let (unused, bytes) = bits.split_first()?;
    let kind = match name {
        // rsaEncryption, id-ecPublicKey, id-Ed25519.
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1] => KeyKind::Rsa,
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1] => KeyKind::EllipticCurve,
        [0x2b, 0x65, 0x70] => KeyKind::Ed25519,
        _ => return None,
    };
    (*unused == 0).then(|| PublicKey { kind, bytes: bytes.to_vec(), id: None })
}

/// The key of a certificate. Who signed it is not asked, as OPA does not ask.
fn certificate_key(der: &[u8]) -> Option<PublicKey> {
    let (certificate, _) = inside(der, SEQUENCE)?;
    let (mut rest, _) = inside(certificate, SEQUENCE)?;
    if element(rest)?.0 == VERSION {
        rest = element(rest)?.2;
    }
    // Serial number, signature's algorithm, issuer, validity, subject.
    for tag in [INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE] {
        rest = inside(rest, tag)?.1;
    }
    subject_key(rest)
}

fn integer(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let digits = &bytes[start..];
    let sign: &[u8] = if digits.first().is_none_or(|first| first & 0x80 != 0) { &[0] } else { &[] };
    tagged(INTEGER, &[sign, digits].concat())
}

fn sequence(content: &[u8]) -> Vec<u8> {
    tagged(SEQUENCE, content)
}

fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let head = if length < 0x80 {
        vec![tag, length as u8]
    } else {
        let digits: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|digit| *digit == 0).collect();
        [vec![tag, 0x80 | digits.len() as u8], digits].concat()
    };
    [head, content.to_vec()].concat()
}

//! Signatures of JSON web tokens (RFC 7515, 7518, 8037), through `ring`.

use regorus::Value;
use ring::hmac;
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};

use super::key::{KeyKind, PublicKey, keys};
use super::{Token, string};

/// An algorithm that a token may be signed with.
#[derive(Clone, Copy)]
pub(super) enum Algorithm {
    Secret(&'static hmac::Algorithm),
    Public(KeyKind, &'static dyn VerificationAlgorithm),
}

impl Algorithm {
    /// True for an HMAC.
    pub(super) fn is_secret(self) -> bool {
        matches!(self, Algorithm::Secret(_))
    }
}

/// The algorithm of this name. Elliptic curves of 521 bits are not there.
pub(super) fn algorithm(name: &str) -> Option<Algorithm> {
    use Algorithm::{Public, Secret};
    use KeyKind::{Ed25519, EllipticCurve, Rsa};
    Some(match name {
        "HS256" => Secret(&hmac::HMAC_SHA256),
        "HS384" => Secret(&hmac::HMAC_SHA384),
        "HS512" => Secret(&hmac::HMAC_SHA512),
        "RS256" => Public(Rsa, &signature::RSA_PKCS1_2048_8192_SHA256),
        "RS384" => Public(Rsa, &signature::RSA_PKCS1_2048_8192_SHA384),
        "RS512" => Public(Rsa, &signature::RSA_PKCS1_2048_8192_SHA512),
        "PS256" => Public(Rsa, &signature::RSA_PSS_2048_8192_SHA256),
        "PS384" => Public(Rsa, &signature::RSA_PSS_2048_8192_SHA384),
        "PS512" => Public(Rsa, &signature::RSA_PSS_2048_8192_SHA512),
        "ES256" => Public(EllipticCurve, &signature::ECDSA_P256_SHA256_FIXED),
        "ES384" => Public(EllipticCurve, &signature::ECDSA_P384_SHA384_FIXED),
        "EdDSA" => Public(Ed25519, &signature::ED25519),
        _ => return None,
    })
}

/// `io.jwt.verify_rs256` and its like: whether a token is signed with a key.
pub(super) fn verify(name: &str, arguments: &[Value]) -> anyhow::Result<Value> {
    let [token, key] = arguments else { return Ok(Value::Undefined) };
    let (Some(token), Some(key)) = (string(token), string(key)) else { return Ok(Value::Undefined) };
    let Some(token) = Token::of(&token) else { anyhow::bail!("io.jwt.verify: it is no token of three parts") };
    let Some(algorithm) = algorithm(name) else { return Ok(Value::Undefined) };
    is_signed(algorithm, &token, &key).map(Value::Bool).map_err(|message| anyhow::anyhow!("io.jwt.verify: {message}"))
}

/// Whether a token is signed with a secret, or with one of the keys in a text.
pub(super) fn is_signed(algorithm: Algorithm, token: &Token<'_>, key: &str) -> Result<bool, String> {
    match algorithm {
        Algorithm::Secret(digest) => {
            let key = hmac::Key::new(*digest, key.as_bytes());
            Ok(hmac::verify(&key, token.signed.as_bytes(), &token.signature).is_ok())
        }
        Algorithm::Public(kind, algorithm) => {
            let named = token.header.get("kid").and_then(serde_json::Value::as_str);
            let keys = keys(key)?;
            // Of a set the key that the token names, if it is there.
            let is_named = |key: &&PublicKey| named.is_some() && key.id.as_deref() == named;
            let has_named = keys.iter().any(|key| is_named(&key));
            let fitting = keys.iter().filter(|key| key.kind == kind && (!has_named || is_named(key)));
            let is_signed = |key: &PublicKey| {
                let key = UnparsedPublicKey::new(algorithm, &key.bytes);
                key.verify(token.signed.as_bytes(), &token.signature).is_ok()
            };
            Ok(fitting.into_iter().any(is_signed))
        }
    }
}

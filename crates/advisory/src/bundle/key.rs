//! Keys, in minisign's format: those that are trusted, and those that sign.

use std::fmt;

use minisign::{KeyPair, PublicKeyBox, SecretKey, SecretKeyBox};
use minisign_verify::PublicKey;

/// A public key whose holder is believed.
#[derive(Clone, PartialEq, Eq)]
pub struct TrustedKey {
    pub(super) key: PublicKey,
    id: String,
}

/// A secret key that is ready to sign.
pub struct SigningKey {
    pub(super) key: SecretKey,
    id: String,
}

/// A new pair of keys, as files hold them.
pub struct KeyTexts {
    /// The secret key, encrypted where a password was given.
    pub secret: String,
    /// The public key.
    pub public: String,
    /// The id of both.
    pub id: String,
}

/// Why a text is no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// It is no public key.
    #[error("`{0}` is no minisign public key: one begins with RW and has 56 characters")]
    Public(String),
    /// It holds no public key.
    #[error("there is no minisign public key in it")]
    None,
    /// It is no secret key.
    #[error("it is no minisign secret key")]
    Secret,
    /// It is encrypted and no password was given.
    #[error("the secret key is encrypted, and no password was given")]
    NoPassword,
    /// The password does not fit.
    #[error("the password does not fit the secret key")]
    Password,
    /// No key could be made.
    #[error("no key could be made: {0}")]
    Generate(String),
}

impl TrustedKey {
    /// The keys of a text: one a line, comments and minisign's own first line passed over.
    pub fn parse_all(text: &str) -> Result<Vec<TrustedKey>, KeyError> {
        let is_key =
            |line: &&str| !line.is_empty() && !line.starts_with('#') && !line.starts_with("untrusted comment:");
        text.lines().map(str::trim).filter(is_key).map(TrustedKey::parse).collect()
    }

    /// The key of 56 characters.
    pub fn parse(text: &str) -> Result<TrustedKey, KeyError> {
        let wrong = || KeyError::Public(text.chars().take(60).collect::<String>().escape_debug().to_string());
        let key = PublicKey::from_base64(text).map_err(|_| wrong())?;
        let number = minisign::PublicKey::from_base64(text).map_err(|_| wrong())?;
        Ok(TrustedKey { key, id: id_of(number.keynum()) })
    }

    /// The id, as minisign prints it.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl SigningKey {
    /// Reads a secret key's file.
    pub fn read(text: &str, password: Option<&str>) -> Result<SigningKey, KeyError> {
        let boxed = || SecretKeyBox::from_string(text).map_err(|_| KeyError::Secret);
        let plain = boxed()?.into_unencrypted_secret_key();
        let key = match (plain, password) {
            (Ok(key), _) => key,
            (Err(_), _) if !is_encrypted(text) => return Err(KeyError::Secret),
            (Err(_), None) => return Err(KeyError::NoPassword),
            (Err(_), Some(password)) => {
                boxed()?.into_secret_key(Some(password.to_owned())).map_err(|_| KeyError::Password)?
            }
        };
        let id = id_of(key.keynum());
        Ok(SigningKey { key, id })
    }

    /// Makes a pair of keys from the system's random numbers. Without a password the secret one is not encrypted.
    pub fn generate(password: Option<&str>) -> Result<KeyTexts, KeyError> {
        let failed = |error: minisign::PError| KeyError::Generate(error.to_string());
        let pair = match password {
            Some(password) => KeyPair::generate_encrypted_keypair(Some(password.to_owned())),
            None => KeyPair::generate_unencrypted_keypair(),
        }
        .map_err(failed)?;
        let id = id_of(pair.pk.keynum());
        let comment = format!("portcullis secret key {id}");
        let public: PublicKeyBox = pair.pk.to_box().map_err(failed)?;
        Ok(KeyTexts {
            secret: pair.sk.to_box(Some(&comment)).map_err(failed)?.into_string(),
            public: public.into_string(),
            id,
        })
    }

    /// The id, as minisign prints it.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl fmt::Debug for TrustedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TrustedKey({})", self.id)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.id)
    }
}

impl fmt::Debug for KeyTexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyTexts({})", self.id)
    }
}

/// Eight bytes, of which the last is written first.
pub(super) fn id_of(number: &[u8]) -> String {
    number.iter().rev().map(|byte| format!("{byte:02X}")).collect()
}

/// Whether a secret key's text says that it is encrypted: `EdSc`, where a plain one has two zero bytes.
fn is_encrypted(text: &str) -> bool {
    text.lines().nth(1).is_some_and(|line| line.trim().starts_with("RWRTY"))
}

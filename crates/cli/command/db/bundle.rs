//! `db keygen`, `export`, `sign` and `import`: snapshots on their way, with who vouches for them.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, bail};
use portcullis::advisory::{self, Bundle, Import, SigningKey, Terms, Trust, TrustedKey};
use portcullis::model::{DataOrigin, DataOverride};

use super::{open, refused, status};
use crate::arguments::{DbExport, DbImport, DbKeygen, DbSign};
use crate::{settings, terminal};

/// The environment's name for the password of a secret key: an argument would be seen by everybody on the machine.
const PASSWORD: &str = "PORTCULLIS_KEY_PASSWORD";

/// Makes a pair of keys.
pub(super) fn keygen(arguments: &DbKeygen) -> anyhow::Result<ExitCode> {
    let password = password();
    if password.is_none() && !arguments.no_password {
        bail!("the secret key is encrypted with the password in {PASSWORD}; set it, or give --no-password");
    }
    let password = password.filter(|_| !arguments.no_password);
    let texts = SigningKey::generate(password.as_deref())?;
    let mut public = arguments.output.clone().into_os_string();
    public.push(".pub");
    let public = PathBuf::from(public);
    if public.exists() {
        bail!("{}: is there already, and keys are never written over", public.display());
    }
    write_new(&arguments.output, &texts.secret, true)?;
    write_new(&public, &texts.public, false)?;
    writeln!(
        std::io::stdout(),
        "key {}: secret {}, public {}",
        texts.id,
        arguments.output.display(),
        public.display()
    )?;
    terminal::note(&format!("whoever imports your bundles gives --trusted-key {}", public.display()));
    Ok(ExitCode::SUCCESS)
}

/// Makes a bundle.
pub(super) fn export(arguments: &DbExport) -> anyhow::Result<ExitCode> {
    let created = settings::now(arguments.now.as_deref())?;
    let expires = match &arguments.expires {
        Some(text) => settings::date("--expires", text)?,
        None => settings::days_after(created, arguments.valid_days)?,
    };
    let sequence = match arguments.sequence {
        Some(sequence) => sequence,
        None => u64::try_from(created.as_second()).context("--now: before 1970 there is no sequence number")?,
    };
    let key = arguments.key.as_deref().map(signing_key).transpose()?;
    let snapshot = match open(arguments.db.as_deref()) {
        Ok(snapshot) => snapshot,
        Err(message) => return Ok(refused(&message)),
    };
    let bytes = advisory::export(&snapshot, Terms { sequence, created, expires }, key.as_ref())?;
    advisory::write(&bytes, &arguments.output)?;
    let signed = key.as_ref().map_or_else(|| "not signed".to_owned(), |key| format!("signed by {}", key.id()));
    let size = bytes.len();
    writeln!(
        std::io::stdout(),
        "{}: {size} bytes, bundle {sequence}, {signed}, expires {expires}",
        arguments.output.display()
    )?;
    if key.is_none() {
        terminal::note("nobody takes an unsigned bundle without being told to; `portcullis db sign` signs it");
    }
    Ok(ExitCode::SUCCESS)
}

/// Signs a bundle.
pub(super) fn sign(arguments: &DbSign) -> anyhow::Result<ExitCode> {
    let key = signing_key(&arguments.key)?;
    let output = arguments.output.as_ref().unwrap_or(&arguments.bundle);
    let file =
        File::open(&arguments.bundle).with_context(|| format!("could not open {}", arguments.bundle.display()))?;
    let bytes = advisory::sign(file, &key).map_err(|error| anyhow!("{}: {error}", arguments.bundle.display()))?;
    advisory::write(&bytes, output)?;
    writeln!(std::io::stdout(), "{}: {} bytes, signed by {}", output.display(), bytes.len(), key.id())?;
    Ok(ExitCode::SUCCESS)
}

/// Puts a bundle's snapshot in place.
pub(super) fn import(arguments: &DbImport) -> anyhow::Result<ExitCode> {
    let shown = arguments.bundle.display();
    let now = settings::now(arguments.now.as_deref())?;
    let keys = trusted_keys(&arguments.trusted_keys)?;
    let file = File::open(&arguments.bundle).with_context(|| format!("could not open {shown}"))?;
    let bundle = match Bundle::read(file) {
        Ok(bundle) => bundle,
        Err(error) => return Ok(kept(&format!("{shown} {error}"), &arguments.db, now)),
    };
    let trust = Trust { keys: &keys, now, allowed: &allowed(arguments) };
    let name = arguments.bundle.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match bundle.import(&name, &arguments.db, &trust)? {
        Import::Refused(faults) => {
            let list: String =
                faults.iter().map(|fault| format!("\n  {} ({} takes it)", fault.message, fault.kind.flag())).collect();
            let mut message = format!("{shown} is refused:{list}");
            if keys.is_empty() {
                message.push_str(
                    "\n  no key is trusted: give its publisher's with --trusted-key KEY or PORTCULLIS_TRUSTED_KEY",
                );
            }
            Ok(kept(&message, &arguments.db, now))
        }
        Import::Installed(origin) => {
            let records = bundle.manifest().snapshot.records;
            let said = status::origin(&origin);
            writeln!(std::io::stdout(), "{}: {records} records, {said}", arguments.db.display())?;
            warn(&origin);
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The keys that are trusted: those compiled in, and those given.
pub(super) fn trusted_keys(given: &[String]) -> anyhow::Result<Vec<TrustedKey>> {
    let mut keys = portcullis::trusted_keys();
    for word in given {
        let path = Path::new(word);
        let found = if path.is_file() {
            let text =
                std::fs::read_to_string(path).with_context(|| format!("--trusted-key: could not read {word}"))?;
            TrustedKey::parse_all(&text).with_context(|| format!("--trusted-key {word}"))?
        } else {
            vec![TrustedKey::parse(word).with_context(|| format!("--trusted-key: no file {word}, and"))?]
        };
        if found.is_empty() {
            bail!("--trusted-key {word}: there is no minisign public key in it");
        }
        keys.extend(found);
    }
    Ok(keys)
}

/// Says what is wrong, and what stays.
pub(super) fn kept(message: &str, place: &Path, now: portcullis::model::Timestamp) -> ExitCode {
    terminal::error(message);
    terminal::note(&match open(Some(place)) {
        Ok(snapshot) => format!("{} stays as it is: {}", place.display(), status::age(&snapshot.info(), now)),
        Err(_) if !place.exists() => format!("there is no {} yet", place.display()),
        Err(message) => format!("what is there cannot be used either: {message}"),
    });
    ExitCode::from(5)
}

fn warn(origin: &DataOrigin) {
    for allowed in &origin.overrides {
        terminal::note(&format!("{allowed} ({}); every report that uses the data will say so", allowed.flag()));
    }
}

fn allowed(arguments: &DbImport) -> Vec<DataOverride> {
    let flags = [
        (arguments.allow_unsigned, DataOverride::Unsigned),
        (arguments.allow_altered, DataOverride::Altered),
        (arguments.allow_expired, DataOverride::Expired),
        (arguments.allow_older, DataOverride::Older),
    ];
    flags.into_iter().filter(|(given, _)| *given).map(|(_, kind)| kind).collect()
}

fn signing_key(path: &Path) -> anyhow::Result<SigningKey> {
    let text = std::fs::read_to_string(path).with_context(|| format!("--key: could not read {}", path.display()))?;
    let key = SigningKey::read(&text, password().as_deref());
    key.with_context(|| format!("--key {} (its password goes into {PASSWORD})", path.display()))
}

fn password() -> Option<String> {
    std::env::var(PASSWORD).ok().filter(|password| !password.is_empty())
}

fn write_new(path: &Path, text: &str, secret: bool) -> anyhow::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if secret {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = secret;
    let mut file = options.open(path).with_context(|| format!("could not make {}", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| format!("could not write {}", path.display()))
}

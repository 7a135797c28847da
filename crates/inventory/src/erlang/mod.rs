//! Applications of Erlang and Elixir that are installed: `lib/NAME-VERSION/ebin/NAME.app` (Erlang/OTP, `app(4)`).

#[cfg(test)]
mod tests;

use model::ProblemKind;

use crate::bounds::quote;
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "erlang-installed";
const HEX: Naming = Naming { purl_type: "hex", separator: Some('/') };
const OTP: Naming = Naming { purl_type: "otp", separator: None };
/// Elixir's own applications are no packages of the registry either.
const ELIXIR: Naming = Naming { purl_type: "generic", separator: None };

/// Applications of Erlang/OTP itself, in alphabetical order.
const OF_OTP: &str = "asn1 common_test compiler cosEvent cosEventDomain cosFileTransfer cosNotification cosProperty cosTime cosTransactions crypto debugger dialyzer diameter edoc eldap erl_docgen erl_interface \
    erts et eunit ftp hipe ic inets jinterface kernel megaco mnesia observer odbc orber os_mon otp_mibs parsetools percept \
    public_key reltool runtime_tools sasl snmp ssh ssl stdlib syntax_tools tftp tools typer wx xmerl";
const OF_ELIXIR: [&str; 6] = ["eex", "elixir", "ex_unit", "iex", "logger", "mix"];

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::PathMatches(is_application)).limit(4 << 20)],
    parse,
};

fn is_application(path: &str) -> bool {
    path.ends_with(".app") && path.rsplit('/').nth(1) == Some("ebin")
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let text = list.text();
    let Some(at) = text.find("{application") else {
        list.error(ProblemKind::Shape, 0, "the file holds no `{application, …}`: it is not read");
        return list.finish();
    };
    let name = text[at + "{application".len()..].trim_start_matches([',', ' ', '\n', '\r', '\t']);
    let name = name.split([',', ' ', '\n']).next().unwrap_or_default().trim_matches('\'');
    let Some((version, end)) = quoted(text, "vsn") else {
        let message = format!("application `{}` has no version: it is not read", quote(name));
        list.error(ProblemKind::Shape, at, message);
        return list.finish();
    };
    if let Some(place) = list.add(naming(name), name, Some(version), at..end) {
        list.packages[place].dependencies = atoms(text, "applications");
    }
    list.finish()
}

fn naming(name: &str) -> Naming {
    if OF_OTP.split(' ').any(|known| known == name) {
        OTP
    } else if OF_ELIXIR.contains(&name) {
        ELIXIR
    } else {
        HEX
    }
}

/// The text behind `{key,` and where it ends.
fn quoted<'t>(text: &'t str, key: &str) -> Option<(&'t str, usize)> {
    let value = behind(text, key)?;
    let inner = value.strip_prefix('"')?.split('"').next()?;
    let start = text.len() - value.len() + 1;
    Some((inner, start + inner.len() + 1)).filter(|(inner, _)| !inner.is_empty())
}

fn atoms(text: &str, key: &str) -> Vec<String> {
    let inner = behind(text, key).and_then(|value| value.strip_prefix('[')?.split(']').next()).unwrap_or_default();
    let atoms = inner.split(',').map(|atom| atom.trim().trim_matches('\''));
    atoms.filter(|atom| !atom.is_empty()).map(str::to_owned).collect()
}

/// What follows `{key,`, with any blanks between.
fn behind<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    text.match_indices(key).find_map(|(at, _)| {
        let is_key = text[..at].trim_end().ends_with('{');
        let value = text[at + key.len()..].trim_start().strip_prefix(',')?;
        is_key.then(|| value.trim_start())
    })
}

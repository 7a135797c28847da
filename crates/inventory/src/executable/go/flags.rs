//! The version a release build gives its main module with `-ldflags "-X main.version=1.2.3"` (cmd/link).
//!
//! The linker would take any text, so it counts only where it can mean nothing else: a variable named for the version, in
//! `main` or in the module itself, a release number, one only, and of the major version the module's path asks for.

/// The version, as the module's tags are written: `v1.2.3`.
pub(super) fn version_of(module: &str, line: &str) -> Option<String> {
    let flags = unquote(line.strip_prefix("build\t-ldflags=")?);
    let words = words(&flags);
    let assigned = words.iter().zip(words.iter().skip(1)).filter(|(flag, _)| matches!(flag.as_str(), "-X" | "--X"));
    let joined = words.iter().filter_map(|word| word.strip_prefix("-X="));
    let assigned = assigned.map(|(_, value)| value.as_str()).chain(joined);
    let mut versions = assigned.filter_map(|assigned| version(module, assigned));
    let first = versions.next()?;
    versions.all(|other| other == first).then_some(first)
}

/// The version in `package.variable=value`.
fn version(module: &str, assigned: &str) -> Option<String> {
    const NAMES: [&str; 5] = ["version", "appversion", "buildversion", "gitversion", "releaseversion"];
    let (variable, value) = assigned.split_once('=')?;
    let (package, name) = variable.rsplit_once('.')?;
    let is_own =
        package == "main" || package.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let number = value.strip_prefix('v').unwrap_or(value);
    let is_version = NAMES.contains(&name.to_ascii_lowercase().as_str()) && is_release(number);
    (is_own && is_version && is_major_of(module, number)).then(|| format!("v{number}"))
}

/// `1.2.3` or `1.2.3-rc.1`.
fn is_release(number: &str) -> bool {
    let (core, pre) = number.split_once('-').map_or((number, None), |(core, pre)| (core, Some(pre)));
    let is_number = |part: &str| !part.is_empty() && part.len() <= 9 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_pre = |pre: &str| {
        !pre.is_empty()
            && pre.len() <= 64
            && pre.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
    };
    core.split('.').count() == 3 && core.split('.').all(is_number) && pre.is_none_or(is_pre)
}

/// `example.com/app/v3` has versions 3, `example.com/app` 0 and 1.
fn is_major_of(module: &str, number: &str) -> bool {
    let last = module.rsplit('/').next().unwrap_or_default();
    let suffix =
        last.strip_prefix('v').filter(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    let major = number.split('.').next().unwrap_or_default();
    suffix.map_or(matches!(major, "0" | "1"), |suffix| suffix == major)
}

/// Go quotes a value that holds blanks or quotes.
fn unquote(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return value.to_owned() };
    let mut text = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        text.extend(if character == '\\' { characters.next() } else { Some(character) });
    }
    text
}

/// Words between blanks; quotes of either kind hold one together.
fn words(flags: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for character in flags.chars() {
        match quote {
            Some(open) if character == open => quote = None,
            None if matches!(character, '\'' | '"') => quote = Some(character),
            None if character.is_ascii_whitespace() => words.push(String::new()),
            _ => words.last_mut().into_iter().for_each(|word| word.push(character)),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::version_of;

    fn check(module: &str, flags: &str, expected: &str) {
        let line = format!("build\t-ldflags={flags}");
        assert_eq!(version_of(module, &line).unwrap_or_default(), expected, "{flags}");
    }

    #[test]
    fn versions() {
        check("example.com/app", "\"-s -w -X main.version=1.2.3\"", "v1.2.3");
        check("example.com/app", "\"-X 'main.date=a b' -X \\\"main.Version=v0.9.0-rc.1\\\"\"", "v0.9.0-rc.1");
        check("example.com/app/v3", "\"-X=example.com/app/v3/internal.BuildVersion=v3.0.1\"", "v3.0.1");
        check("example.com/app", "\"-X main.version=1.2.3 -X example.com/app/cmd.Version=v1.2.3\"", "v1.2.3");
    }

    #[test]
    fn what_can_mean_something_else() {
        check("example.com/app", "\"-X main.version=1.2.3 -X main.Version=1.2.4\"", "");
        check("example.com/app", "\"-X main.goVersion=1.2.3\"", "");
        check("example.com/app", "\"-X k8s.io/component-base/version.gitVersion=v1.29.0\"", "");
        check("example.com/app", "\"-X example.com/application.version=1.2.3\"", "");
        check("example.com/app", "\"-X main.version=dev\"", "");
        check("example.com/app", "\"-X main.version=2.0.0\"", "");
        check("example.com/app/v3", "\"-X main.version=1.2.3\"", "");
        check("example.com/app", "\"-X\"", "");
        check("example.com/app", "-s", "");
        check("example.com/app", "\"-X main.version=1.2\"", "");
    }
}

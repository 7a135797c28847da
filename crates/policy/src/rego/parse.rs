//! Text to a parsed module: guards first, then the language version that the file is written in.

use std::num::{NonZeroU32, NonZeroUsize};
use std::panic::{AssertUnwindSafe, catch_unwind};

use regorus::unstable::Parser;
use regorus::{PolicyLengthConfig, Source};

use super::advice::{Advice, advice};
use super::fault::Fault;
use super::module::Module;
use super::templates::Expanded;
use super::{bodies, exact, exponent, imports, literals, nesting, pairs, replaced, templates};
use crate::{Lint, Options, PolicyError, PolicyFile};

/// OPA knows no longest line; the engine must have one.
const COLUMNS: u32 = 1 << 20;
const LINES: usize = 1 << 20;

/// Reads one file, as the engine is to understand it. Version 1 of the language is tried first; what fails there is version 0 if it parses as that.
pub(crate) fn parse(file: &PolicyFile, options: &Options) -> Result<Module, PolicyError> {
    let mut module = match templates::expanded(&file.name, &file.text)? {
        Some(expanded) => parse_expanded(file, &expanded, options)?,
        None => parse_as_written(file, options)?,
    };
    for mended in [literals::with_points, replaced::named, pairs::named, exact::parameters, exact::statements] {
        if let Some(text) = mended(&module) {
            module = parse_once(file, &text, module.is_v0)?;
        }
    }
    Ok(module)
}

/// Reads a module once more, with another text on the same lines.
pub(super) fn again(module: &Module, text: &str) -> Result<Module, PolicyError> {
    let file = PolicyFile { name: module.file.clone(), text: String::new(), trust: module.trust };
    parse_once(&file, text, module.is_v0)
}

/// Version 0 has no template strings.
fn parse_expanded(file: &PolicyFile, expanded: &Expanded, options: &Options) -> Result<Module, PolicyError> {
    let read = PolicyFile { text: expanded.text.clone(), ..file.clone() };
    let placed = |error| expanded.placed(error, &file.text);
    let module = parse_as_written(&read, options).map_err(placed)?;
    if module.is_v0 {
        let message = "the file has template strings and does not parse as Rego version 1, which alone has them";
        return Err(PolicyError::in_file(&file.name, message).of(Lint::Syntax));
    }
    Ok(module)
}

/// The same without what only the engine needs.
pub(super) fn parse_as_written(file: &PolicyFile, options: &Options) -> Result<Module, PolicyError> {
    if file.text.len() > options.file_bytes {
        let message = format!("file of {} bytes is larger than the limit of {}", file.text.len(), options.file_bytes);
        return Err(PolicyError::in_file(&file.name, message).of(Lint::FileSize));
    }
    // The engine takes a byte order mark for a wrong character.
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    nesting::check(&file.name, text)?;
    exponent::check(&file.name, text)?;
    let first = match parse_as(file, text, false) {
        Ok(module) => return Ok(module),
        Err(error) => error,
    };
    if is_surely_v1(text) {
        return Err(advised(first, text, false));
    }
    // Of two complaints the one that got further read more of the file as it was meant.
    parse_as(file, text, true)
        .map_err(|second| advised(if place(&second) > place(&first) { second } else { first }, text, true))
}

/// What to write instead, where that is known, in the place of what the parser would have liked.
fn advised(error: PolicyError, text: &str, is_v0: bool) -> PolicyError {
    if error.line.is_none() || error.message.contains(SECOND_BODY) {
        return error;
    }
    match advice(text, is_v0) {
        Some(Advice { line, column, message }) => {
            PolicyError { line: Some(line), column: Some(column), message, ..error }
        }
        None => error,
    }
}

/// The limits on policy texts that are given to every engine.
pub(super) fn lengths() -> PolicyLengthConfig {
    PolicyLengthConfig {
        max_col: NonZeroU32::new(COLUMNS).expect("not zero"),
        max_file_bytes: NonZeroUsize::MAX,
        max_lines: NonZeroUsize::new(LINES).expect("not zero"),
    }
}

fn place(error: &PolicyError) -> (Option<u32>, Option<u32>) {
    (error.line, error.column)
}

/// Version 0 has `if` and `contains` only where they are imported; a file that has the one without the other is version 1 with
/// a mistake in it. (The engine would also print a warning about it.) What stands in texts and comments is no code.
fn is_surely_v1(text: &str) -> bool {
    let code = code_of(text);
    let imports = |what: &str| code.lines().any(|line| line.trim_start().starts_with("import") && line.contains(what));
    let has_if = code.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == "if");
    imports("rego.v1") || (has_if && !imports("future.keywords"))
}

/// The text without comments, and with a blank for what stands in quotes.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut end = 0;
    for (at, character) in (bodies::Scanner { text, at: 0 }) {
        if at > end {
            code.push(' ');
        }
        code.push(character);
        end = at + character.len_utf8();
    }
    code
}

/// Reads a text, and what the engine reads otherwise than OPA once more, mended.
fn parse_as(file: &PolicyFile, text: &str, is_v0: bool) -> Result<Module, PolicyError> {
    match parse_once(file, text, is_v0) {
        Ok(module) => match bodies::mended(&module) {
            Some(mended) => parse_once(file, &mended, is_v0),
            None => Ok(module),
        },
        Err(error) if error.message.contains(SECOND_BODY) => match bodies::with_heads(text) {
            Some(mended) => parse_once(file, &mended, is_v0).map_err(|_| error),
            None => Err(error),
        },
        Err(error) if error.message.contains(LATE_IMPORT) => match imports::ahead(text) {
            Some(mended) => parse_as(file, &mended, is_v0),
            None => Err(error),
        },
        Err(error) => Err(error),
    }
}

fn parse_once(file: &PolicyFile, text: &str, is_v0: bool) -> Result<Module, PolicyError> {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let limits = lengths();
        let source = Source::from_contents_with_limits(
            file.name.clone(),
            text.to_owned(),
            limits.max_file_bytes,
            limits.max_lines,
        )?;
        let mut parser = Parser::new(&source)?;
        parser.set_max_col(limits.max_col);
        if !is_v0 {
            parser.enable_rego_v1()?;
        }
        parser.parse()
    }));
    let fault = match outcome {
        Ok(Ok(syntax)) => return Ok(Module::new(&file.name, text, file.trust, is_v0, syntax)),
        Ok(Err(error)) => Fault::of(&error, std::time::Duration::ZERO),
        Err(cause) => Fault::panicked(&*cause),
    };
    let error = match fault {
        Fault::Error { line: Some(line), column, message, .. } => {
            PolicyError::at(&file.name, line, column.unwrap_or(1), explain(&message, is_v0))
        }
        Fault::Error { message, .. } => PolicyError::in_file(&file.name, message),
        other => PolicyError::in_file(&file.name, other.to_string()),
    };
    Err(error.of(Lint::Syntax))
}

/// What the engine says of an import behind a rule.
const LATE_IMPORT: &str = "unexpected keyword `import`";
/// What the engine says of a set's rule with several bodies.
const SECOND_BODY: &str = "else cannot be used with set rules";

/// Adds what to do to the complaints people meet most.
fn explain(message: &str, is_v0: bool) -> String {
    let advice = match message {
        text if text.contains(SECOND_BODY) => {
            "; the engine wants a rule of its own for each body: write its head before every `{`"
        }
        _ if is_v0 => "; the file was read as Rego version 0, for it does not parse as version 1",
        _ => "",
    };
    format!("{}{advice}", message.trim_end_matches('.'))
}

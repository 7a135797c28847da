//! What is wrong with a policy, by a name that has a page.

/// A kind of fault that policies have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lint {
    /// The text is no Rego.
    Syntax,
    /// The file is too large.
    FileSize,
    /// Literals are nested too deep.
    Nesting,
    /// A METADATA comment cannot be read.
    Annotation,
    /// A function that is not there.
    UnknownFunction,
    /// More or fewer arguments than a function takes.
    ArgumentCount,
    /// A variable that never has a value.
    UnboundVariable,
    /// `_` in a negation.
    WildcardInNegation,
    /// A negation that cannot be read as OPA reads it.
    LongNegation,
    /// A function that calls itself.
    Recursion,
    /// The engine does not take it.
    Refused,
    /// Data that nothing gives.
    UnknownReference,
    /// A field that documents of this kind do not have.
    UnknownField,
    /// A text of `sprintf` that misprints.
    Sprintf,
}

impl Lint {
    /// All of them.
    pub const ALL: &[Lint] = &[
        Lint::Syntax,
        Lint::FileSize,
        Lint::Nesting,
        Lint::Annotation,
        Lint::UnknownFunction,
        Lint::ArgumentCount,
        Lint::UnboundVariable,
        Lint::WildcardInNegation,
        Lint::LongNegation,
        Lint::Recursion,
        Lint::Refused,
        Lint::UnknownReference,
        Lint::UnknownField,
        Lint::Sprintf,
    ];

    /// The id: `rego/unknown-function`.
    pub fn id(self) -> &'static str {
        match self {
            Lint::Syntax => "rego/syntax",
            Lint::FileSize => "rego/file-size",
            Lint::Nesting => "rego/nesting",
            Lint::Annotation => "rego/annotation",
            Lint::UnknownFunction => "rego/unknown-function",
            Lint::ArgumentCount => "rego/argument-count",
            Lint::UnboundVariable => "rego/unbound-variable",
            Lint::WildcardInNegation => "rego/wildcard-in-negation",
            Lint::LongNegation => "rego/long-negation",
            Lint::Recursion => "rego/recursion",
            Lint::Refused => "rego/refused",
            Lint::UnknownReference => "rego/unknown-reference",
            Lint::UnknownField => "rego/unknown-field",
            Lint::Sprintf => "rego/sprintf",
        }
    }

    /// What it is about, why, and what to do; the page below `docs/lints`.
    pub fn page(self) -> &'static str {
        match self {
            Lint::Syntax => include_str!("../../../docs/lints/syntax.md"),
            Lint::FileSize => include_str!("../../../docs/lints/file-size.md"),
            Lint::Nesting => include_str!("../../../docs/lints/nesting.md"),
            Lint::Annotation => include_str!("../../../docs/lints/annotation.md"),
            Lint::UnknownFunction => include_str!("../../../docs/lints/unknown-function.md"),
            Lint::ArgumentCount => include_str!("../../../docs/lints/argument-count.md"),
            Lint::UnboundVariable => include_str!("../../../docs/lints/unbound-variable.md"),
            Lint::WildcardInNegation => include_str!("../../../docs/lints/wildcard-in-negation.md"),
            Lint::LongNegation => include_str!("../../../docs/lints/long-negation.md"),
            Lint::Recursion => include_str!("../../../docs/lints/recursion.md"),
            Lint::Refused => include_str!("../../../docs/lints/refused.md"),
            Lint::UnknownReference => include_str!("../../../docs/lints/unknown-reference.md"),
            Lint::UnknownField => include_str!("../../../docs/lints/unknown-field.md"),
            Lint::Sprintf => include_str!("../../../docs/lints/sprintf.md"),
        }
    }

    /// Where the language is described that the fault is against.
    pub fn link(self) -> &'static str {
        match self {
            Lint::UnknownFunction | Lint::ArgumentCount | Lint::Sprintf => {
                "https://www.openpolicyagent.org/docs/policy-reference"
            }
            Lint::Annotation => "https://www.openpolicyagent.org/docs/policy-language#metadata",
            Lint::WildcardInNegation | Lint::LongNegation => {
                "https://www.openpolicyagent.org/docs/policy-language#negation"
            }
            _ => "https://www.openpolicyagent.org/docs/policy-language",
        }
    }

    /// What its page is headed by, without the id.
    pub fn title(self) -> &'static str {
        let head = self.page().lines().next().unwrap_or_default();
        head.split_once(": ").map_or(head, |(_, title)| title)
    }

    /// Whether the policy runs all the same.
    pub fn is_warning(self) -> bool {
        matches!(self, Lint::UnknownReference | Lint::UnknownField | Lint::Sprintf)
    }

    /// The one of an id.
    pub fn named(id: &str) -> Option<Lint> {
        Lint::ALL.iter().copied().find(|lint| lint.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lint_has_its_page_and_no_page_is_left() {
        for lint in Lint::ALL {
            let page = lint.page();
            assert!(page.starts_with(&format!("# {}: ", lint.id())), "{lint:?}");
            assert!(page.matches("\n\n").count() >= 3 && page.contains("```rego\n"), "{lint:?}: says too little");
            assert_eq!(Lint::named(lint.id()), Some(*lint));
        }
        let pages = std::fs::read_dir(testkit::workspace().join("docs/lints")).expect("the folder is there");
        assert_eq!(pages.count(), Lint::ALL.len());
    }
}

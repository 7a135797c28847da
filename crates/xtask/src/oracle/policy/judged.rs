//! Differences from the field's engines that somebody has looked at, and who is right.

/// A built-in rule that OPA answers otherwise over an input.
struct Example {
    rule: &'static str,
    /// The name of the input; all that begin so.
    input: &'static str,
    why: &'static str,
}

const EXAMPLES: &[Example] = &[];

/// Why OPA may give something else there.
pub(super) fn example(rule: &str, input: &str) -> Option<&'static str> {
    let judged = EXAMPLES.iter().find(|judged| judged.rule == rule && input.starts_with(judged.input));
    judged.map(|judged| judged.why)
}

/// A policy of the engine's tests, by the test it is in.
struct Inline {
    test: &'static str,
    why: &'static str,
}

const INLINE: &[Inline] = &[
    Inline { test: "tests::configs::texts_and_files", why: "`parse_config` and its like are Conftest's, OPA has none" },
    Inline { test: "tests::configs::what_cannot_be_read_is_said", why: "the same" },
    Inline { test: "tests::guards::rules_that_go_in_circles_are_an_error", why: "both refuse it" },
    Inline {
        test: "tests::guards::assignments_behind_their_use",
        why: "OPA refuses a variable that is used above its assignment, ours puts them in order",
    },
    Inline { test: "tests::guards::time_is_limited", why: "neither comes to an end; ours says so after its limit" },
];

/// Why OPA may give something else for the policies of a test.
pub(super) fn inline(test: &str) -> Option<&'static str> {
    INLINE.iter().find(|judged| judged.test == test).map(|judged| judged.why)
}

/// A policy made by chance, by its seed.
const GENERATED: &[(u64, &str)] = &[];

/// Why OPA may give something else for one.
pub(super) fn generated(seed: u64) -> Option<&'static str> {
    GENERATED.iter().find(|(judged, _)| *judged == seed).map(|(_, why)| *why)
}

/// A call of a builtin.
const BUILTINS: &[(&str, &str, &str)] =
    &[("time.diff", "time.diff(input.T[10], input.T[4])", "an hour between two zones, of which one keeps summer time")];

/// Why OPA may give something else for one.
pub(super) fn builtin(name: &str, call: &str) -> Option<&'static str> {
    BUILTINS.iter().find(|(of, judged, _)| *of == name && *judged == call).map(|(_, _, why)| *why)
}

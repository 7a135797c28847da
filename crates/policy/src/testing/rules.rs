//! `test_` rules, as OPA runs them: a test passes if its rule is true.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::rego::{self, Fault, Module, Program, RuleKind, Value};
use crate::testing::coverage::Reached;
use crate::testing::{TestCase, TestOutcome};
use crate::{PolicySet, Trust};

/// Runs every `test_` rule of the user's modules.
pub(super) fn run(
    set: &PolicySet,
    is_wanted: &dyn Fn(&[&str]) -> bool,
    mut reached: Option<&mut Reached>,
) -> Vec<TestCase> {
    let among: Vec<usize> = (0..set.modules.len()).filter(|place| set.modules[*place].trust == Trust::User).collect();
    let mut programs: BTreeMap<&[String], Result<Program, Fault>> = BTreeMap::new();
    let mut cases: Vec<TestCase> = Vec::new();
    for place in &among {
        let module = &set.modules[*place];
        for name in names(module) {
            let path = module.rule_path(name);
            let is_known = |case: &TestCase| case.test == shown(module, name);
            // A rule of several bodies is one test.
            if cases.iter().any(is_known) || !is_wanted(&[&shown(module, name)]) {
                continue;
            }
            if name.starts_with("todo_") {
                cases.push(case(module, name, TestOutcome::Skip, String::new()));
                continue;
            }
            if let Some(cases_of) = rego::cases(module, name) {
                let needed = rego::needed(&set.modules, &among, &module.package);
                let modules = needed.iter().map(|place| (&set.modules[*place], Vec::new()));
                let table = Program::compile_with(modules, Some(cases_of.text), &set.options, &cases_of.names);
                if let (Some(reached), Ok(table)) = (&mut reached, &table) {
                    let lines = table.lines_reached(&cases_of.values, &Value::Undefined, set.options.time_limit);
                    reached.take(lines.unwrap_or_default());
                }
                cases.push(of_table(set, module, name, &table, (&cases_of.names, &cases_of.values)));
                continue;
            }
            let program = programs.entry(&module.package).or_insert_with(|| {
                let needed = rego::needed(&set.modules, &among, &module.package);
                let modules = needed.iter().map(|place| (&set.modules[*place], Vec::new()));
                Program::compile(modules, &set.options, &path)
            });
            if let (Some(reached), Ok(program)) = (&mut reached, &*program) {
                let lines = program.lines_reached(&path, &Value::Undefined, set.options.time_limit);
                reached.take(lines.unwrap_or_default());
            }
            cases.push(run_one(set, module, name, program));
        }
    }
    cases
}

fn run_one(set: &PolicySet, module: &Module, name: &str, program: &Result<Program, Fault>) -> TestCase {
    let answer = program.as_ref().map_err(Clone::clone).and_then(|program| {
        // Not even an empty object: what a test does not give is undefined.
        program.ask(&module.rule_path(name), &Value::Undefined, set.options.time_limit)
    });
    let (outcome, message) = match answer {
        Ok(answer) => match answer.value {
            Value::Bool(true) => (TestOutcome::Pass, String::new()),
            value => {
                let said =
                    if value == Value::Undefined { "undefined".to_owned() } else { rego::json(&value).to_string() };
                let why = answer.warning.map(|fault| format!("; {fault}")).unwrap_or_default();
                (TestOutcome::Fail, format!("{}:{}: it is {said}, not true{why}", module.file, line(module, name)))
            }
        },
        Err(fault) => (TestOutcome::Error, fault.to_string()),
    };
    case(module, name, outcome, message)
}

/// A test of a table: true for every case that there is. One without cases passes, as it does with OPA.
fn of_table(
    set: &PolicySet,
    module: &Module,
    name: &str,
    table: &Result<Program, Fault>,
    (names, values): (&str, &str),
) -> TestCase {
    let ask = |rule: &str| {
        let program = table.as_ref().map_err(Clone::clone)?;
        program.ask(rule, &Value::Undefined, set.options.time_limit).map(|answer| rego::json(&answer.value))
    };
    let (cases, value) = match (ask(names), ask(values)) {
        (Ok(cases), Ok(value)) => (cases, value),
        (Err(fault), _) | (_, Err(fault)) => return case(module, name, TestOutcome::Error, fault.to_string()),
    };
    let cases = cases.as_array().cloned().unwrap_or_default();
    let shown_key = |key: &Json| key.as_str().map_or_else(|| key.to_string(), str::to_owned);
    let is_true = |keys: &&Json| {
        let mut keys = keys.as_array().into_iter().flatten();
        keys.try_fold(&value, |value, key| value.get(shown_key(key))) == Some(&Json::Bool(true))
    };
    let shown_keys = |keys: &Json| keys.as_array().into_iter().flatten().map(shown_key).collect::<Vec<_>>().join("/");
    let failed: Vec<String> = cases.iter().filter(|keys| !is_true(keys)).map(shown_keys).collect();
    let place = format!("{}:{}", module.file, line(module, name));
    if failed.is_empty() {
        return case(module, name, TestOutcome::Pass, String::new());
    }
    case(module, name, TestOutcome::Fail, format!("{place}: it is not true for {}", failed.join(", ")))
}

fn case(module: &Module, name: &str, outcome: TestOutcome, message: String) -> TestCase {
    TestCase { suite: module.file.clone(), test: shown(module, name), case: String::new(), outcome, message }
}

fn shown(module: &Module, name: &str) -> String {
    format!("{}.{name}", module.package_name())
}

fn names(module: &Module) -> impl Iterator<Item = &str> {
    let is_test = |name: &&str| name.starts_with("test_") || name.starts_with("todo_test_");
    let values = module.rules().iter().filter(|rule| rule.kind == RuleKind::Value && rule.name.len() == 1);
    values.map(|rule| rule.name[0].as_str()).filter(is_test)
}

fn line(module: &Module, name: &str) -> u32 {
    module.rules().iter().find(|rule| rule.name == [name]).map_or(1, |rule| rule.lines.0)
}

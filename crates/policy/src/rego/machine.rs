//! Programs of the engine's machine: compiled before delivery, asked without their text.
//!
//! The machine answers many times quicker than the interpreter and need not parse anything. What it answers is held
//! against the interpreter, over every example of every built-in rule, by a test of the policies.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::anyhow;
use regorus::Value;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::program::{DeserializationResult, Program as Code, RuleType};
use regorus::rvm::{Instruction, RegoVM};
use regorus::utils::limits::ExecutionTimerConfig;

use super::fault::Fault;
use super::fold::fold;
use super::meter;
use super::module::Module;
use super::program::{Program, STEPS_BETWEEN_LOOKS, guarded};
use crate::Options;

/// The clock ends a run, not the number of its steps.
const MOST_STEPS: usize = usize::MAX;
/// Where a program begins that asks rules.
const ENTRY: &str = "asked";

/// A program of the machine.
pub(crate) struct Machine {
    code: Code,
    /// What the machine calls the rules that can be asked.
    rules: Vec<u16>,
    /// Machines that run nothing: each is as good as new, and quicker had.
    idle: Mutex<Vec<Runner>>,
}

/// A machine with a program of its own, into which it may write what it asks; threads do not count the users of one they share.
struct Runner {
    machine: RegoVM,
    code: Arc<Code>,
    /// Steps of the program before those that ask.
    length: usize,
    /// The rules that these ask, once there are such steps.
    asks: Option<Vec<u16>>,
}

impl Machine {
    /// Compiles modules so that these rules of them can be asked, and gives the program's bytes.
    pub(crate) fn compile<'m>(
        modules: impl IntoIterator<Item = &'m Module>,
        asked: &[String],
        options: &Options,
    ) -> Result<Vec<u8>, Fault> {
        let modules = modules.into_iter().map(|module| (module, Vec::new()));
        let entry = asked.first().map(String::as_str).unwrap_or_default();
        let policy = Program::compiled(modules, None, options, entry)?;
        guarded(Duration::ZERO, || {
            let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
            let code = Compiler::compile_from_policy(&policy, &asked).map_err(|error| anyhow!("{error}"))?;
            let mut code = Code::clone(&code);
            fold(&mut code)?;
            slim(&mut code);
            code.serialize_binary().map_err(anyhow::Error::msg)
        })
    }

    /// Reads the bytes of a program that this version of the engine wrote, of rules of these paths.
    pub(crate) fn open<'p>(bytes: &[u8], paths: impl Iterator<Item = &'p str>) -> Result<Machine, Fault> {
        guarded(Duration::ZERO, || {
            let DeserializationResult::Complete(code) = Code::deserialize_binary(bytes).map_err(anyhow::Error::msg)?
            else {
                return Err(anyhow!("another version of the engine compiled it"));
            };
            let rules = paths.map(|path| rule_at(&code, path).ok_or_else(|| anyhow!("it has no rule {path}")));
            let rules = rules.collect::<anyhow::Result<Vec<u16>>>()?;
            Ok(Machine { code, rules, idle: Mutex::default() })
        })
    }

    /// The values of rules, by their places among those that can be asked. A builtin that fails is undefined, as it is for OPA: were it
    /// an error, the machine would give up the rule in which it failed.
    pub(crate) fn ask(&self, places: &[usize], input: Value, data: &Value, limit: Duration) -> Result<Value, Fault> {
        guarded(limit, || {
            meter::begin(false);
            let mut runner = self.runner();
            runner.load(places.iter().map(|place| self.rules[*place]).collect());
            let machine = &mut runner.machine;
            machine
                .set_execution_timer_config(Some(ExecutionTimerConfig { limit, check_interval: STEPS_BETWEEN_LOOKS }));
            machine.set_data(data.clone())?;
            machine.set_input(input);
            let value = machine.execute_entry_point_by_name(ENTRY)?;
            machine.set_input(Value::Undefined);
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(runner);
            Ok(value)
        })
    }

    /// One that runs nothing. Whatever went wrong in one, it is not asked again.
    fn runner(&self) -> Runner {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.unwrap_or_else(|| {
            let mut machine = RegoVM::new();
            machine.set_max_instructions(MOST_STEPS);
            let length = self.code.instructions.len();
            Runner { machine, code: Arc::new(apart(&self.code)), length, asks: None }
        })
    }
}

impl Runner {
    /// Writes the steps that ask these rules: each is called, and what it gives put into a list.
    fn load(&mut self, rules: Vec<u16>) {
        if self.asks.as_ref() == Some(&rules) {
            return;
        }
        self.machine.load_program(Arc::default());
        let code = Arc::make_mut(&mut self.code);
        code.instructions.truncate(self.length);
        code.instructions.push(Instruction::ArrayNew { dest: 0 });
        for rule_index in &rules {
            code.instructions.push(Instruction::CallRule { dest: 1, rule_index: *rule_index });
            code.instructions.push(Instruction::ArrayPush { arr: 0, value: 1 });
        }
        code.instructions.push(Instruction::Return { value: 0 });
        code.entry_points.clear();
        code.entry_points.insert(ENTRY.to_owned(), self.length);
        self.machine.load_program(Arc::clone(&self.code));
        self.asks = Some(rules);
    }
}

/// What the machine calls the rule that is asked at an entry of the program: all that it does there is to call it.
fn rule_at(code: &Code, path: &str) -> Option<u16> {
    match code.instructions.get(*code.entry_points.get(path)?)? {
        Instruction::CallRule { rule_index, .. } => Some(*rule_index),
        _ => None,
    }
}

/// A copy that shares no values with the original.
fn apart(code: &Code) -> Code {
    let mut copy = code.clone();
    copy.literals.iter_mut().for_each(|value| *value = value_apart(value));
    for rule in &mut copy.rule_infos {
        rule.definitions = Arc::new(Vec::clone(&rule.definitions));
    }
    copy
}

fn value_apart(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String((&**text).into()),
        Value::Array(items) => Value::from(items.iter().map(value_apart).collect::<Vec<_>>()),
        Value::Set(items) => Value::Set(Arc::new(items.iter().map(value_apart).collect())),
        Value::Object(members) => {
            let pairs = members.iter().map(|(key, value)| (value_apart(key), value_apart(value)));
            Value::Object(Arc::new(pairs.collect()))
        }
        other => other.clone(),
    }
}

/// Leaves out what nobody asks of a program that runs: the text is in it already, and where in it a step stands. What is known of a
/// rule the machine copies each time it calls it, so that names and lists that say nothing cost more than the rule itself.
fn slim(code: &mut Code) {
    code.sources.clear();
    code.instruction_spans.fill(None);
    for rule in &mut code.rule_infos {
        rule.name.clear();
        rule.function_info.iter_mut().for_each(|function| function.param_names.clear());
        if rule.destructuring_blocks.iter().all(Option::is_none) {
            rule.destructuring_blocks.clear();
        }
        // Of a rule that has one value the first body that holds gives it, with or without `else`.
        let is_one = rule.rule_type == RuleType::Complete;
        if is_one || rule.else_bodies.iter().flatten().all(|is_else| !is_else) {
            rule.else_bodies.clear();
        }
    }
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Machine>();
};

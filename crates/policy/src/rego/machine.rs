//! Programs of the engine's machine: compiled before delivery, asked without their text.
//!
//! The machine answers many times quicker than the interpreter and need not parse anything. What it answers is held
//! against the interpreter, over every example of every built-in rule, by a test of the policies.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::anyhow;
use regorus::Value;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::RegoVM;
use regorus::rvm::program::{DeserializationResult, Program as Code};
use regorus::utils::limits::ExecutionTimerConfig;

use super::fault::Fault;
use super::meter;
use super::module::Module;
use super::program::{Program, STEPS_BETWEEN_LOOKS, guarded};
use crate::Options;

/// The clock ends a run, not the number of its steps.
const MOST_STEPS: usize = usize::MAX;

/// A program of the machine.
pub(crate) struct Machine {
    code: Arc<Code>,
    /// Machines that have it loaded and run nothing: each is as good as new, and quicker had.
    idle: Mutex<Vec<RegoVM>>,
}

impl Machine {
    /// Compiles modules with one of our own, whose rules `asked` are what can be asked, and gives the program's bytes.
    pub(crate) fn compile<'m>(
        modules: impl IntoIterator<Item = &'m Module>,
        own: String,
        asked: &[String],
        options: &Options,
    ) -> Result<Vec<u8>, Fault> {
        let modules = modules.into_iter().map(|module| (module, Vec::new()));
        let entry = asked.first().map(String::as_str).unwrap_or_default();
        let policy = Program::compiled(modules, Some(own), options, entry)?;
        guarded(Duration::ZERO, || {
            let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
            let code = Compiler::compile_from_policy(&policy, &asked).map_err(|error| anyhow!("{error}"))?;
            let mut code = Code::clone(&code);
            slim(&mut code);
            code.serialize_binary().map_err(anyhow::Error::msg)
        })
    }

    /// Reads the bytes of a program that this version of the engine wrote.
    pub(crate) fn open(bytes: &[u8]) -> Result<Machine, Fault> {
        guarded(Duration::ZERO, || match Code::deserialize_binary(bytes).map_err(anyhow::Error::msg)? {
            DeserializationResult::Complete(code) => Ok(Machine { code: Arc::new(code), idle: Mutex::default() }),
            DeserializationResult::Partial(_) => Err(anyhow!("another version of the engine compiled it")),
        })
    }

    /// The value of a rule. A builtin that fails is undefined, as it is for OPA: were it an error, the machine would give up the whole
    /// list in which it failed.
    pub(crate) fn ask(&self, rule: &str, input: Value, data: &Value, limit: Duration) -> Result<Value, Fault> {
        guarded(limit, || {
            meter::begin(false);
            let mut machine = self.machine();
            machine
                .set_execution_timer_config(Some(ExecutionTimerConfig { limit, check_interval: STEPS_BETWEEN_LOOKS }));
            machine.set_data(data.clone())?;
            machine.set_input(input);
            let value = machine.execute_entry_point_by_name(rule)?;
            machine.set_input(Value::Undefined);
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(machine);
            Ok(value)
        })
    }

    /// One that runs nothing. Whatever went wrong in one, it is not asked again.
    fn machine(&self) -> RegoVM {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.unwrap_or_else(|| {
            let mut machine = RegoVM::new();
            machine.set_max_instructions(MOST_STEPS);
            machine.load_program(Arc::clone(&self.code));
            machine
        })
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
        if rule.else_bodies.iter().flatten().all(|is_else| !is_else) {
            rule.else_bodies.clear();
        }
    }
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Machine>();
};

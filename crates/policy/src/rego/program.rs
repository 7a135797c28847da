//! Modules made ready to run, and runs that cannot take the caller down.

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{CompiledPolicy, Engine, Value};

use super::fault::Fault;
use super::literals::Spelled;
use super::meter;
use super::module::Module;
use super::parse::lengths;
use super::{about, asked, extension};
use crate::{Options, Trust};

/// Steps of the engine between two looks at the clock.
pub(super) const STEPS_BETWEEN_LOOKS: NonZeroU32 = NonZeroU32::new(256).expect("not zero");

/// Modules made ready to run. A run works on a clone of the engine, which costs a fraction of a microsecond and is thrown away.
pub(crate) struct Program {
    engine: Engine,
    /// It may ask for the file that is judged.
    asks_for_file: bool,
}

/// An answer, and what was wrong on the way there.
pub(crate) struct Answer {
    pub(crate) value: Value,
    /// A builtin failed; what asked it was undefined, as it is for OPA.
    pub(crate) warning: Option<Fault>,
}

/// Lines of one file that a run came to, and those with an expression that it did not come to.
#[derive(Clone, Debug, Default)]
pub(crate) struct FileLines {
    pub(crate) file: String,
    pub(crate) covered: BTreeSet<u32>,
    pub(crate) not_covered: BTreeSet<u32>,
}

impl Program {
    /// Compiles modules together, without some pieces of them. `entry` is a rule among them, `data.main.deny`.
    pub(crate) fn compile<'m>(
        modules: impl IntoIterator<Item = (&'m Module, Vec<Range<usize>>)>,
        options: &Options,
        entry: &str,
    ) -> Result<Program, Fault> {
        Program::compile_with(modules, None, options, entry)
    }

    /// The same with a module of our own, in version 1 of the language.
    pub(crate) fn compile_with<'m>(
        modules: impl IntoIterator<Item = (&'m Module, Vec<Range<usize>>)>,
        own: Option<String>,
        options: &Options,
        entry: &str,
    ) -> Result<Program, Fault> {
        let modules: Vec<_> = modules.into_iter().collect();
        let asks_for_file = modules.iter().any(|(module, _)| about::is_asked_by(&module.text));
        Program::made(modules, own, options, entry).map(|(engine, _)| Program { engine, asks_for_file })
    }

    /// What the compiler of the machine takes.
    pub(super) fn compiled<'m>(
        modules: impl IntoIterator<Item = (&'m Module, Vec<Range<usize>>)>,
        own: Option<String>,
        options: &Options,
        entry: &str,
    ) -> Result<CompiledPolicy, Fault> {
        Program::made(modules, own, options, entry).map(|(_, policy)| policy)
    }

    fn made<'m>(
        modules: impl IntoIterator<Item = (&'m Module, Vec<Range<usize>>)>,
        own: Option<String>,
        options: &Options,
        entry: &str,
    ) -> Result<(Engine, CompiledPolicy), Fault> {
        guarded(Duration::ZERO, || {
            let mut engine = Engine::new();
            engine.set_policy_length_config(lengths());
            // Else `print` would write to standard error.
            engine.set_gather_prints(true);
            let modules: Vec<_> = modules.into_iter().collect();
            let is_metered = modules.iter().any(|(module, _)| module.trust == Trust::User);
            let of_user = modules.iter().map(|(module, _)| *module).filter(|module| module.trust == Trust::User);
            extension::install(&mut engine, options, is_metered, &Spelled::of(of_user))?;
            engine.add_data(Value::from(options.data.clone()))?;
            for (module, without) in modules {
                engine.set_rego_v0(module.is_v0);
                engine.add_policy(module.file.clone(), module.code(&without))?;
            }
            if let Some(own) = own {
                asked::install(&mut engine)?;
                engine.set_rego_v0(false);
                engine.add_policy("portcullis".to_owned(), own)?;
            }
            let policy = engine.compile_with_entrypoint(&Arc::from(entry))?;
            Ok((engine, policy))
        })
    }

    /// Asks a rule: its value, or `Undefined`.
    ///
    /// A builtin that fails is undefined for OPA. That may hide a mistake of the policy or of the engine, so it is looked for
    /// first, and said.
    pub(crate) fn ask(&self, rule: &str, input: &Value, limit: Duration) -> Result<Answer, Fault> {
        match self.run(rule, input, limit, true) {
            Ok(value) => Ok(Answer { value, warning: None }),
            // Else the engine forgets it where another body of a function has a value.
            Err(fault) if fault.is_conflict() => Err(fault),
            Err(fault @ Fault::Error { .. }) => {
                let value = self.run(rule, input, limit, false)?;
                Ok(Answer { value, warning: Some(fault) })
            }
            Err(fault) => Err(fault),
        }
    }

    /// Asks again, where what is wrong has been said already.
    pub(crate) fn ask_again(&self, rule: &str, input: &Value, limit: Duration) -> Result<Value, Fault> {
        self.run(rule, input, limit, false)
    }

    /// Asks a rule, and says which lines of which files the engine came to. A builtin that fails is undefined.
    pub(crate) fn lines_reached(&self, rule: &str, input: &Value, limit: Duration) -> Result<Vec<FileLines>, Fault> {
        guarded(limit, || {
            let mut engine = self.ready(input, limit, false);
            engine.set_enable_coverage(true);
            engine.eval_rule(rule.to_owned())?;
            let files = engine.get_coverage_report()?.files.into_iter();
            let lines = |file: regorus::coverage::File| FileLines {
                file: file.path,
                covered: file.covered,
                not_covered: file.not_covered,
            };
            Ok(files.map(lines).collect())
        })
    }

    /// What becomes of a panic, for tests.
    #[cfg(test)]
    pub(crate) fn panicking() -> Fault {
        guarded::<()>(Duration::ZERO, || panic!("a fault of the engine")).expect_err("a panic is a fault")
    }

    fn run(&self, rule: &str, input: &Value, limit: Duration, strict: bool) -> Result<Value, Fault> {
        let value = guarded(limit, || self.ready(input, limit, strict).eval_rule(rule.to_owned()))?;
        match meter::what_is_untold() {
            None => Ok(value),
            Some(message) => Err(Fault::Error { file: None, line: None, column: None, message }),
        }
    }

    fn ready(&self, input: &Value, limit: Duration, strict: bool) -> Engine {
        meter::begin(strict);
        let mut engine = self.engine.clone();
        engine.set_strict_builtin_errors(strict);
        engine.set_execution_timer_config(ExecutionTimerConfig { limit, check_interval: STEPS_BETWEEN_LOOKS });
        engine.set_input(input.clone());
        if let Some(file) = about::data().filter(|_| self.asks_for_file) {
            // Data of the user's own under that name stays.
            let _ = engine.add_data(file);
        }
        engine
    }
}

/// A panic of the engine is a fault like others. What it worked on is gone with the clone.
pub(super) fn guarded<T>(limit: Duration, work: impl FnOnce() -> anyhow::Result<T>) -> Result<T, Fault> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(Fault::of(&error, limit)),
        Err(cause) => Err(Fault::panicked(&*cause)),
    }
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Program>();
};

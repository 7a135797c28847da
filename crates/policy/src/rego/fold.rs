//! Rules that are the same whatever the document is: their value takes the place of the steps that make it, which the machine would take
//! anew for every document.

use std::sync::Arc;

use regorus::Value;
use regorus::rvm::program::{Program as Code, RuleInfo, RuleType};
use regorus::rvm::{Instruction, RegoVM};

/// Where the steps begin that ask for the values.
const ENTRY: &str = "fixed";

/// Works out what every such rule is, and leaves its steps out.
pub(super) fn fold(code: &mut Code) -> anyhow::Result<()> {
    let fixed: Vec<usize> = (0..code.rule_infos.len()).filter(|at| is_fixed(code, &code.rule_infos[*at])).collect();
    for (at, value) in fixed.iter().zip(values(code, &fixed)?) {
        let Ok(literal) = u16::try_from(code.literals.len()) else { break };
        code.literals.push(value);
        let rule = &mut code.rule_infos[*at];
        // What has no definition is what it is by default.
        rule.definitions = Arc::default();
        rule.default_literal_index = Some(literal);
    }
    Ok(())
}

fn values(code: &Code, rules: &[usize]) -> anyhow::Result<Vec<Value>> {
    let mut code = code.clone();
    code.entry_points.insert(ENTRY.to_owned(), code.instructions.len());
    code.instructions.push(Instruction::ArrayNew { dest: 0 });
    for rule in rules {
        code.instructions.push(Instruction::CallRule { dest: 1, rule_index: u16::try_from(*rule)? });
        code.instructions.push(Instruction::ArrayPush { arr: 0, value: 1 });
    }
    code.instructions.push(Instruction::Return { value: 0 });
    let mut machine = RegoVM::new();
    machine.load_program(Arc::new(code));
    let values = machine.execute_entry_point_by_name(ENTRY)?;
    Ok(values.as_array()?.iter().cloned().collect())
}

/// Whether a rule has one definition, which puts together what it holds itself.
fn is_fixed(code: &Code, rule: &RuleInfo) -> bool {
    let [definition] = &rule.definitions[..] else { return false };
    let [start] = definition[..] else { return false };
    let is_plain = rule.rule_type == RuleType::Complete
        && rule.function_info.is_none()
        && rule.default_literal_index.is_none()
        && rule.destructuring_blocks.iter().all(Option::is_none);
    let steps = code.instructions.iter().skip(start as usize);
    let mut made = steps.skip_while(|step| makes(step));
    is_plain && matches!(made.next(), Some(Instruction::RuleReturn {}))
}

fn makes(step: &Instruction) -> bool {
    matches!(
        step,
        Instruction::RuleInit { .. }
            | Instruction::Load { .. }
            | Instruction::LoadTrue { .. }
            | Instruction::LoadFalse { .. }
            | Instruction::LoadNull { .. }
            | Instruction::LoadBool { .. }
            | Instruction::Move { .. }
            | Instruction::ArrayNew { .. }
            | Instruction::ArrayPush { .. }
            | Instruction::ArrayCreate { .. }
            | Instruction::ObjectSet { .. }
            | Instruction::ObjectCreate { .. }
            | Instruction::SetNew { .. }
            | Instruction::SetAdd { .. }
            | Instruction::SetCreate { .. }
    )
}

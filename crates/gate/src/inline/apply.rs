//! Directives meet findings.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use model::{
    Finding, FindingClass, LayerIndex, Problem, ProblemKind, Remark, RemarkForm, Status, Suppression, SuppressionKind,
    Target, TreePath,
};

use super::directive::{self, Directive, Reaching, Rules};
use super::rules::{Meaning, RuleNames};
use super::tool::Tool;
use crate::count::count;

/// Suppresses what the remarks of a target cover, and says in the target's problems what a reader must know of the others:
/// which cover nothing, have expired (after their last day `today` is past), name no rule, or give no reason where `needs_reason` asks
/// for one. Call it after [`apply_waivers`](crate::apply_waivers): what somebody outside of the scanned tree decided comes first.
pub fn apply_remarks(target: &mut Target, remarks: &[Remark], rules: &RuleNames, today: Date, needs_reason: bool) {
    let mut by_file: BTreeMap<(TreePath, Option<LayerIndex>), Vec<usize>> = BTreeMap::new();
    for (at, finding) in target.findings.iter().enumerate() {
        if let Some(place) = finding.locations.first() {
            by_file.entry((place.path.clone(), place.layer)).or_default().push(at);
        }
    }
    let mut suppressed = 0;
    let mut lapsed = Vec::new();
    for remark in remarks {
        let file = (remark.location.path.clone(), remark.location.layer);
        let places = by_file.get(&file).map_or(&[][..], Vec::as_slice);
        for read in directive::read(remark) {
            let mut said =
                Judge { remark, rules, today, needs_reason, suppressed: 0, problems: Vec::new(), lapsed: Vec::new() };
            match read {
                Ok(directive) => said.follow(&directive, &mut target.findings, places),
                Err(fault) => said.warn(&fault),
            }
            suppressed += said.suppressed;
            target.problems.extend(said.problems);
            lapsed.append(&mut said.lapsed);
        }
    }
    // Only now is it known what else covers a finding.
    target.problems.extend(lapsed.iter().map(|lapsed| lapsed.problem(&target.findings)));
    if suppressed > 0 {
        let message = format!(
            "{} suppressed by comments and annotations inside the scanned tree; with --no-inline-ignores they count",
            count(suppressed, "finding")
        );
        target.problems.push(Problem::warning(ProblemKind::Suppression, message));
    }
    target.problems.sort();
}

/// A directive whose last day is past.
struct Lapsed<'a> {
    remark: &'a Remark,
    names: String,
    last_day: Date,
    /// The findings it would cover, by their place in the target.
    covered: Vec<usize>,
}

impl Lapsed<'_> {
    fn problem(&self, findings: &[Finding]) -> Problem {
        let Lapsed { remark, names, last_day, covered } = self;
        let again = covered.iter().filter(|at| findings[**at].status != Status::Suppressed).count();
        let expired = format!("of {names} expired on {last_day}");
        let problem = match again {
            0 => Problem::note(ProblemKind::Suppression, sentence(remark, &format!("{expired} and changes nothing"))),
            _ => {
                let verb = if again == 1 { "counts" } else { "count" };
                let what = format!("{expired}: {} {verb} again", count(again, "finding"));
                Problem::warning(ProblemKind::Suppression, sentence(remark, &what))
            }
        };
        problem.at(&remark.location)
    }
}

fn sentence(remark: &Remark, what: &str) -> String {
    let form = match remark.form {
        RemarkForm::Comment => "ignore comment",
        RemarkForm::Annotation(_) => "ignore annotation",
    };
    format!("{form} {what}")
}

/// One remark, judged.
struct Judge<'a> {
    remark: &'a Remark,
    rules: &'a RuleNames,
    today: Date,
    needs_reason: bool,
    suppressed: usize,
    problems: Vec<Problem>,
    lapsed: Vec<Lapsed<'a>>,
}

impl<'a> Judge<'a> {
    fn follow(&mut self, directive: &Directive, findings: &mut [Finding], places: &[usize]) {
        if directive.reach == Reaching::File && !self.remark.reach.is_head {
            return self.warn("is about the whole file and must stand before everything else in it");
        }
        let Some(named) = self.named(directive) else { return };
        let covered: Vec<usize> =
            places.iter().copied().filter(|at| self.covers(directive, named.as_ref(), &findings[*at])).collect();
        if let Some(last_day) = directive.expires.filter(|last_day| *last_day < self.today) {
            let lapsed = Lapsed { remark: self.remark, names: directive.shown(), last_day, covered };
            return self.lapsed.push(lapsed);
        }
        if self.needs_reason && directive.reason.is_none() {
            return self.warn("gives no reason, which is asked for here: it suppresses nothing");
        }
        if covered.is_empty() {
            return self.note(&format!("of {} covers no finding", directive.shown()));
        }
        for at in covered {
            let finding = &mut findings[at];
            if finding.status != Status::Suppressed {
                finding.status = Status::Suppressed;
                finding.gate = false;
                finding.suppression = Some(self.suppression(directive));
                self.suppressed += 1;
            }
        }
    }

    /// The ids that are meant, `Some(None)` for every policy; `None` when no name means anything, which is said. Other tools
    /// name rules for which there is nothing here: of those only a directive that is lost whole is.
    #[allow(clippy::option_option, reason = "the outer one is whether to go on")]
    fn named(&mut self, directive: &Directive) -> Option<Option<BTreeSet<String>>> {
        let Rules::Named(names) = &directive.rules else { return Some(None) };
        let mut ids = BTreeSet::new();
        let mut unknown = Vec::new();
        for name in names {
            match self.rules.meaning(directive.tool, name) {
                Meaning::Ids(found) => ids.extend(found),
                Meaning::Unknown(None) => unknown.push(format!("`{name}`")),
                Meaning::Unknown(Some(near)) => unknown.push(format!("`{name}`, did you mean `{near}`?")),
            }
        }
        let is_own = directive.tool == Tool::Portcullis;
        if !unknown.is_empty() && (is_own || ids.is_empty()) {
            let words = unknown.join("; ");
            self.note(&match is_own {
                true => format!("names a rule that there is not: {words}"),
                false => format!("names what no rule here stands for: {} {words}", directive.tool.name()),
            });
        }
        (!ids.is_empty()).then_some(Some(ids))
    }

    fn covers(&self, directive: &Directive, named: Option<&BTreeSet<String>>, finding: &Finding) -> bool {
        let is_meant = |id: &str| named.is_some_and(|ids| ids.contains(&id.to_ascii_lowercase()));
        let is_named = match named {
            None => finding.class == FindingClass::Policy,
            Some(_) => is_meant(finding.rule.as_str()) || finding.aliases.iter().any(|alias| is_meant(alias)),
        };
        is_named && finding.locations.first().is_some_and(|place| directive.covers(self.remark, place))
    }

    fn suppression(&self, directive: &Directive) -> Suppression {
        let location = &self.remark.location;
        Suppression {
            reason: directive.reason.clone().unwrap_or_else(|| "no reason is given".to_owned()),
            expires: directive.expires,
            source: location.path.to_string(),
            line: location.line(),
            kind: SuppressionKind::InSource,
            from_scanned_tree: true,
        }
    }

    fn note(&mut self, what: &str) {
        let problem = Problem::note(ProblemKind::Suppression, sentence(self.remark, what)).at(&self.remark.location);
        self.problems.push(problem);
    }

    fn warn(&mut self, what: &str) {
        let problem = Problem::warning(ProblemKind::Suppression, sentence(self.remark, what)).at(&self.remark.location);
        self.problems.push(problem);
    }
}

//! Words to conditions and back, and what they say of findings and images.

use model::Target;
use serde_json::json;

use super::*;

fn finding(rule: &str) -> Finding {
    let rule = rule.parse().expect("a rule id");
    Finding::new(rule, FindingClass::Vulnerability, Severity::High, "A message.")
}

#[test]
fn words_round_trip() {
    for word in [
        "none",
        "low",
        "medium",
        "high",
        "critical",
        "any",
        "kev",
        "fixable",
        "malicious",
        "epss>0.5",
        "epss>0",
        "critical,high+fixable,kev,epss>0.000001",
        "kev+fixable+low",
        "efficiency<0.9",
        "efficiency<1",
        "wasted>100MB",
        "wasted>0",
        "reclaimable>5GiB",
        "duplicate-content>0,cache>10MB,deleted>1KiB,overwritten>5B",
        "wasted-ratio>0.1",
        "high,kev,efficiency<0.95,wasted-ratio>1.5",
        "undecided",
        "high,efficiency<0.95,no-advisory-source,undecided",
    ] {
        assert_eq!(word.parse::<FailOn>().map(|fail_on| fail_on.to_string()).as_deref(), Ok(word));
    }
    assert_eq!(Ok(FailOn::default()), "high".parse());
    assert_eq!("high , kev + fixable,epss > 0.5".parse::<FailOn>(), "high,kev+fixable,epss>0.5".parse());
    assert_eq!("wasted > 5 mb, high , efficiency< 0.9".parse::<FailOn>(), "high,wasted>5MB,efficiency<0.9".parse());
    for wrong in [
        "efficiency",
        "efficiency>0.9",
        "efficiency<2",
        "efficiency<-1",
        "efficiency<NaN",
        "efficiency<0.9+high",
        "undecided+high",
        "no-source",
        "high+efficiency<0.9",
        "none,efficiency<0.9",
        "wasted",
        "wasted>",
        "wasted>MB",
        "wasted>1.5MB",
        "wasted>-1",
        "wasted>1PB",
        "wasted<1",
        "wasted>99999999999999999999",
        "wasted-ratio>1001",
        "wasted-ratio>x",
        "reclaimable",
        "cache",
        "cache<1",
        "cached>1",
        "duplicate>1",
    ] {
        assert!(wrong.parse::<FailOn>().is_err(), "{wrong}");
    }
    let wrong =
        ["", "HIGH", "hihg", "negligible", "unknown", "high,", "+kev", "none,kev", "none+kev", "epss", "epss>2"];
    for wrong in wrong.into_iter().chain(["epss>", "epss>-1", "epss>NaN", "epss<0.5", "kev+"]) {
        assert!(wrong.parse::<FailOn>().is_err(), "{wrong}");
    }
}

fn check(fail_on: &str, failing: &[Severity]) {
    let fail_on: FailOn = fail_on.parse().expect("a threshold");
    let found: Vec<Severity> = Severity::WORST_FIRST
        .into_iter()
        .filter(|severity| fail_on.matches(&Finding { severity: *severity, ..finding("A-1") }))
        .collect();
    assert_eq!(found, failing, "{fail_on}");
}

#[test]
fn thresholds() {
    check("none", &[]);
    check("critical", &Severity::WORST_FIRST[..1]);
    check("high", &Severity::WORST_FIRST[..2]);
    check("low", &Severity::WORST_FIRST[..4]);
    check("any", &Severity::WORST_FIRST);
    check("critical,low", &Severity::WORST_FIRST[..4]);
    check("critical+low", &Severity::WORST_FIRST[..1]);
    check("kev,fixable,malicious,epss>0", &[]);
}

#[test]
fn conditions_look_at_what_is_known_of_attacks_and_fixes() {
    let plain = Finding { severity: Severity::Medium, ..finding("A-1") };
    let known = Finding { evidence: [("kev".to_owned(), json!([{"id": "CVE-1"}]))].into(), ..plain.clone() };
    let likely = Finding { evidence: [("epss".to_owned(), json!({"score": 0.5}))].into(), ..plain.clone() };
    let fixable = Finding { fixed_in: vec!["2.0".to_owned()], ..plain.clone() };
    let malicious = Finding { class: FindingClass::Malicious, ..plain.clone() };
    let names =
        [("plain", &plain), ("known", &known), ("likely", &likely), ("fixable", &fixable), ("malicious", &malicious)];
    let failing = |fail_on: &str| {
        let fail_on: FailOn = fail_on.parse().expect("conditions");
        let failing = names.iter().filter(|(_, finding)| fail_on.matches(finding)).map(|(name, _)| *name);
        failing.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(failing("kev"), "known");
    assert_eq!(failing("malicious,fixable"), "fixable malicious");
    assert_eq!((failing("epss>0.49").as_str(), failing("epss>0.5").as_str()), ("likely", ""));
    assert_eq!((failing("medium+kev").as_str(), failing("high+kev").as_str()), ("known", ""));
    assert_eq!(failing("high,kev,epss>0.1"), "known likely");
    assert_eq!(failing("any+fixable"), "fixable");
    // What the data does not say is not taken for anything.
    assert_eq!(failing("epss>0"), "likely");
}

#[test]
fn no_threshold_takes_an_unknown_severity_for_a_known_one() {
    for word in ["low", "medium", "high", "critical"] {
        let fail_on: FailOn = word.parse().expect("a threshold");
        assert!(!fail_on.matches(&Finding { severity: Severity::Unknown, ..finding("A-1") }));
    }
}

fn image(efficiency: Option<model::Efficiency>) -> Target {
    Target { efficiency, ..Target::new(model::TargetKind::Image, "app:1") }
}

/// dive's own example (`efficiency_test.go`): three layers, 0.75, one path with 7,000 wasted bytes.
fn example() -> model::Efficiency {
    let dive = model::DiveFigures { efficiency: 0.75, wasted_bytes: 7_000, user_wasted_ratio: Some(1.4) };
    let caused = |layer, cause, bytes| model::Reclaimable { layer: model::LayerIndex(layer), cause, files: 1, bytes };
    model::Efficiency {
        total_bytes: 10_000,
        reclaimable_bytes: 2_600,
        hidden_bytes: 2_000,
        causes: vec![
            caused(0, model::WasteCause::Overwritten, 2_000),
            caused(0, model::WasteCause::Cache, 500),
            caused(2, model::WasteCause::Cache, 100),
        ],
        waste: Vec::new(),
        more_waste: 0,
        dive,
    }
}

fn ask(term: &str, target: &Target) -> String {
    match term.parse::<ImageTerm>().expect("a condition").ask(target) {
        Answer::Fails(figures) => figures,
        Answer::Holds => "holds".to_owned(),
        Answer::Unknown(why) => format!("unknown: {why}"),
    }
}

#[test]
fn images_by_the_figures_of_dive_and_by_exact_bytes() {
    let target = image(Some(example()));
    let exact = "2600 of 10000 bytes could be reclaimed";
    assert_eq!(ask("efficiency<0.9", &target), format!("its efficiency is 0.7500, {exact}"));
    assert_eq!(ask("wasted>6999", &target), format!("dive counts 7000 wasted bytes, {exact}"));
    assert_eq!(ask("wasted-ratio>0.1", &target), format!("dive's ratio of wasted bytes is 1.4000, {exact}"));
    assert_eq!(ask("reclaimable>1KB", &target), exact);
    assert_eq!(ask("cache>599B", &target), "600 of 10000 bytes have the cause cache");
    // As dive compares: what is met is not crossed.
    for met in ["efficiency<0.75", "wasted>7KB", "wasted-ratio>1.4", "reclaimable>2600", "cache>600", "deleted>0"] {
        assert_eq!(ask(met, &target), "holds", "{met}");
    }
    let mut tenths = example();
    tenths.dive.efficiency = 0.3 * 3.0;
    assert_eq!(ask("efficiency<0.9", &image(Some(tenths))), "holds");
}

#[test]
fn what_is_not_known_of_a_target_is_no_pass() {
    let tree = Target::new(model::TargetKind::Directory, ".");
    assert_eq!(ask("efficiency<0.9", &tree), "unknown: it is no image");
    assert_eq!(ask("wasted>1", &image(None)), "unknown: nothing of its layers was read");
    let mut alone = example();
    alone.dive.user_wasted_ratio = None;
    assert_eq!(
        ask("wasted-ratio>0.1", &image(Some(alone))),
        "unknown: it has one layer, and nothing that was put on it"
    );
}

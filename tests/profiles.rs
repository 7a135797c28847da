//! Which built-in rules are asked, with what data, of which documents together, and what that says of a catalogue of controls.

use serde_json::Value;

use crate::command::{Folder, NOW, findings, portcullis, portcullis_in, scan_json};

const WORKLOAD: &str = "\
--- deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: quay.io/team/web:1.0
--- deploy/more/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector:
    app: wbe
";

fn rules(report: &Value) -> Vec<String> {
    let found = findings(report);
    found.iter().map(|line| line.split(' ').nth(1).unwrap_or_default().to_owned()).collect()
}

#[test]
fn profiles_choose_the_rules() {
    let folder = Folder::with(WORKLOAD);
    let asked = |more: &[&str]| rules(&scan_json(folder.path(), more));
    let cpu = "kubernetes/cpu-limit".to_owned();
    let memory = "kubernetes/memory-limit".to_owned();
    let recommended = asked(&[]);
    assert!(recommended.contains(&memory) && !recommended.contains(&cpu), "{recommended:?}");
    let strict = asked(&["--profile", "strict"]);
    assert!(strict.contains(&memory) && strict.contains(&cpu), "{strict:?}");
    let standard = asked(&["--profile", "pss-restricted"]);
    assert!(!standard.contains(&memory) && !standard.contains(&cpu), "{standard:?}");
    assert!(standard.contains(&"kubernetes/seccomp-not-set".to_owned()), "{standard:?}");
    assert_eq!(asked(&["--profile", "pss-baseline,cis-docker"]), Vec::<String>::new());
    let wrong = portcullis_in(folder.path(), &["scan", "--profile", "lax"], b"");
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("lax") && wrong.stderr.contains("recommended, strict"), "{}", wrong.stderr);
}

#[test]
fn catalogues_that_there_are() {
    let wrong = portcullis(&["policy", "compliance", "lax"]);
    let known = "there are pss-baseline, pss-restricted, cis-kubernetes, cis-docker, nsa-cisa";
    assert!(wrong.code == 2 && wrong.stderr.contains(known), "{}", wrong.stderr);
}

#[test]
fn the_settings_file_and_the_list_know_profiles() {
    let folder = Folder::with(WORKLOAD);
    folder.write("portcullis.toml", "profile = [\"pss-baseline\"]\n");
    let report = scan_json(folder.path(), &[]);
    assert_eq!(report["data"]["policies"]["profiles"], serde_json::json!(["pss-baseline"]));
    let list = portcullis(&["policy", "list", "--profile", "pss-baseline", "-f", "json"]);
    let listed: Vec<Value> = serde_json::from_str(&list.stdout).expect("JSON");
    assert_eq!(report["data"]["policies"]["rules"], listed.len());
    assert!(listed.iter().all(|rule| rule["profiles"].to_string().contains("pss-baseline")));
    assert_eq!(portcullis(&["policy", "list", "--profile", "lax"]).code, 2);
}

#[test]
fn data_is_what_rules_look_for() {
    let folder = Folder::with(WORKLOAD);
    let rule = "kubernetes/registry".to_owned();
    folder.write("one/a.yaml", "parameters:\n  registries: [registry.example.org]\n");
    folder.write("two/parameters/b.json", "{\"kubernetes_version\": \"1.29\"}");
    let asked = |data: &[&str]| rules(&scan_json(folder.path(), &[&["deploy"], data].concat()));
    assert!(!asked(&[]).contains(&rule));
    assert!(asked(&["--data", "one/a.yaml"]).contains(&rule));
    assert!(asked(&["--data", "one", "--data", "two"]).contains(&rule));
    folder.write("one/a.yaml", "parameters:\n  registries: [quay.io/team]\n");
    assert!(!asked(&["--data", "one"]).contains(&rule));
    folder.write("three.yaml", "parameters:\n  registries: [other.example.org]\n");
    for wrong in
        [&["--data", "one", "--data", "three.yaml"][..], &["--data", "missing.yaml"], &["--data", "three.toml"]]
    {
        let run = portcullis_in(folder.path(), &[&["scan", "deploy"], wrong].concat(), b"");
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{wrong:?}");
        assert!(run.stderr.contains(wrong[wrong.len() - 1]), "{}", run.stderr);
    }
}

#[test]
fn documents_of_several_files_are_judged_together() {
    let folder = Folder::with(WORKLOAD);
    let dangling = |report: &Value| -> Vec<String> {
        findings(report).into_iter().filter(|line| line.contains("dangling")).collect()
    };
    let report = scan_json(folder.path(), &[]);
    assert_eq!(dangling(&report), ["policy kubernetes/dangling-service deploy/more/service.yaml:7"]);
    assert_eq!(dangling(&scan_json(folder.path(), &["-j", "1", "--combine"])), dangling(&report));
    // Alone it says nothing of pods that lie elsewhere.
    assert_eq!(dangling(&scan_json(folder.path(), &["deploy/more"])), Vec::<String>::new());
    // What a template makes is not known.
    folder.write(
        "deploy/chart/web.yaml",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n",
    );
    let open = scan_json(folder.path(), &[]);
    assert_eq!((dangling(&open), &open["verdict"]["exit_code"]), (Vec::new(), &4.into()));
}

fn status<'a>(lines: &'a [Value], control: &str) -> &'a str {
    let line = lines.iter().find(|line| line["control"] == control).unwrap_or_else(|| panic!("no {control}"));
    line["status"].as_str().expect("a status")
}

/// The answer for every control after a scan of a folder with these files, and the exit code.
fn compliance(profile: &str, files: &str, scan: &[&str]) -> (i32, Vec<Value>) {
    let folder = Folder::with(files);
    let words = [&["scan", ".", "--profile", profile, "--now", NOW, "-f", "json=report.json"], scan].concat();
    portcullis_in(folder.path(), &words, b"");
    let words = ["policy", "compliance", profile, "-f", "json", "--report", "report.json"];
    let run = portcullis_in(folder.path(), &words, b"");
    (run.code, serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr)))
}

const ROLE: &str = "\
--- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules: [{apiGroups: [\"\"], resources: [pods], verbs: [get]}]
";

const POLICY: &str = "\
--- policy.yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shut, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
";

fn answer<'a>(lines: &'a [Value], control: &str) -> (&'a str, &'a str) {
    let line = lines.iter().find(|line| line["control"] == control).unwrap_or_else(|| panic!("no {control}"));
    (line["status"].as_str().expect("a status"), line["reason"].as_str().unwrap_or_default())
}

#[test]
fn a_control_passes_by_objects_that_its_rules_judge() {
    let check = |files: &str, control: &str, expected: (&str, &str)| {
        let (_, lines) = compliance("cis-kubernetes", files, &[]);
        assert_eq!(answer(&lines, &format!("cis-kubernetes-1.8/{control}")), expected, "{control} by {files}");
    };
    let both = format!("{WORKLOAD}{ROLE}");
    let no_pods = "no Pod, Deployment, StatefulSet, Job or other of 18 kinds was seen";
    check(ROLE, "5.1.3", ("pass", ""));
    check(ROLE, "5.2.2", ("not-assessed", no_pods));
    check(ROLE, "5.1.1", ("not-assessed", "no ClusterRoleBinding or RoleBinding was seen"));
    check(WORKLOAD, "5.1.3", ("not-assessed", "no ClusterRole or Role was seen"));
    check(WORKLOAD, "5.2.2", ("pass", ""));
    check(&both, "5.1.3", ("pass", ""));
    check(&both, "5.2.2", ("pass", ""));
    // An absence is found in workloads; alone, a network policy isolates nothing.
    check(WORKLOAD, "5.3.2", ("fail", ""));
    let (_, lines) = compliance("cis-kubernetes", &format!("{WORKLOAD}{POLICY}"), &[]);
    assert_eq!(answer(&lines, "cis-kubernetes-1.8/5.3.2"), ("pass", ""));
    let (_, lines) = compliance("cis-kubernetes", POLICY, &[]);
    let (status, reason) = answer(&lines, "cis-kubernetes-1.8/5.3.2");
    assert_eq!(status, "partly-assessed");
    assert!(reason.starts_with("not judged by kubernetes/pod-not-isolated: no Pod, "), "{reason}");
    let line = lines.iter().find(|line| line["control"] == "cis-kubernetes-1.8/5.3.2").expect("the control");
    assert_eq!(line["not_judged"][0]["rule"], "kubernetes/pod-not-isolated");
    let broken = format!("{ROLE}--- broken.yaml\napiVersion: v1\nkind: Pod\nspec: [1\n");
    check(&broken, "5.1.3", ("not-assessed", "nothing was found, but the scan is incomplete"));
    check(&broken, "5.2.2", ("not-assessed", &format!("{no_pods}, and the scan is incomplete")));
    check("--- a.txt\nnothing\n", "5.2.2", ("not-assessed", "the scan met no kubernetes document"));
}

/// Policies of network plugins are not read: what they select is not known.
#[test]
fn what_a_rule_cannot_know_is_not_assessed() {
    let cilium = "--- cilium.yaml\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: shut}\nspec: {endpointSelector: {}}\n";
    let (_, lines) = compliance("cis-kubernetes", &format!("{WORKLOAD}{cilium}"), &[]);
    let (status, reason) = answer(&lines, "cis-kubernetes-1.8/5.3.2");
    assert_eq!(status, "not-assessed");
    assert!(reason.contains("CiliumNetworkPolicy `shut` is of a network plugin"), "{reason}");
}

#[test]
fn a_failing_control_names_the_rules_that_found_something() {
    let files = "--- pod.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\nspec: {hostNetwork: true, hostPID: true, containers: [{name: a, image: a}]}\n";
    let folder = Folder::with(files);
    let words = ["scan", ".", "--profile", "nsa-cisa", "--now", NOW, "-f", "json=report.json"];
    portcullis_in(folder.path(), &words, b"");
    let asked = |more: &[&str]| {
        let words = [&["policy", "compliance", "nsa-cisa", "--report", "report.json"], more].concat();
        portcullis_in(folder.path(), &words, b"").stdout
    };
    let lines: Vec<Value> = serde_json::from_str(&asked(&["-f", "json"])).expect("JSON");
    let failing = lines.iter().filter(|line| line["status"] == "fail");
    let mut with_others = 0;
    for line in failing {
        let found = line["found_by"].as_array().expect("rules");
        let sum: u64 = found.iter().map(|one| one["findings"].as_u64().expect("a number")).sum();
        assert_eq!(Some(sum), line["findings"].as_u64(), "{line}");
        let rules = line["rules"].as_array().expect("rules");
        assert!(found.iter().all(|one| one["findings"] != 0 && rules.contains(&one["rule"])), "{line}");
        with_others += usize::from(found.len() < rules.len());
    }
    assert!(with_others > 0, "{lines:?}");
    let text = asked(&[]);
    assert!(text.contains(" of kubernetes/") && text.contains("; nothing found by kubernetes/"), "{text}");
}

#[test]
fn a_control_passes_by_rules_that_were_given_what_they_need() {
    let check = |scan: &[&str], expected: (&str, &str)| {
        let files =
            "--- Dockerfile\nFROM quay.io/team/base:1.0\n--- data.yaml\nparameters: {registries: [quay.io/team]}\n";
        let (_, lines) = compliance("cis-docker", files, scan);
        assert_eq!(answer(&lines, "cis-docker-1.6/4.2"), expected, "{scan:?}");
    };
    let ungiven = "not judged by dockerfile/registry: the scan was not given `parameters.registries` (--data)";
    check(&[], ("partly-assessed", ungiven));
    check(&["--data", "data.yaml"], ("pass", ""));
}

#[test]
fn accepted_findings_and_rules_without_an_answer_are_said() {
    let accepted = WORKLOAD.replace(
        "        - name: web\n",
        "        # portcullis: ignore kubernetes/service-account-token -- reads its own pods\n        - name: web\n",
    );
    let (_, lines) = compliance("cis-kubernetes", &accepted, &[]);
    let control = "cis-kubernetes-1.8/5.1.6";
    let line = lines.iter().find(|line| line["control"] == control).expect("the control");
    assert_eq!((&line["status"], &line["suppressed"], &line["findings"]), (&"pass".into(), &1.into(), &0.into()));

    // Reports name rules that gave no answer; of one without names of objects nothing can be said.
    let folder = Folder::with(ROLE);
    let words = ["scan", ".", "--profile", "cis-kubernetes", "--now", NOW, "-f", "json=report.json"];
    portcullis_in(folder.path(), &words, b"");
    let report: Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("report.json")).expect("the report")).expect("JSON");
    assert_eq!(
        report["targets"][0]["coverage"]["objects"],
        serde_json::json!({"rbac.authorization.k8s.io/v1/Role": 1})
    );
    let answered = |change: &dyn Fn(&mut Value)| -> (String, String) {
        let mut changed = report.clone();
        change(&mut changed["targets"][0]["coverage"]);
        folder.write("changed.json", changed.to_string());
        let words = ["policy", "compliance", "cis-kubernetes", "-f", "json", "--report", "changed.json"];
        let run = portcullis_in(folder.path(), &words, b"");
        let lines: Vec<Value> = serde_json::from_str(&run.stdout).expect("JSON");
        let (status, reason) = answer(&lines, "cis-kubernetes-1.8/5.1.3");
        (status.to_owned(), reason.to_owned())
    };
    let unanswered = answered(&|coverage| coverage["policies"]["unanswered"] = vec!["kubernetes/rbac-wildcard"].into());
    assert_eq!(
        unanswered,
        ("not-assessed".to_owned(), "kubernetes/rbac-wildcard gave no answer of some of what was there".to_owned())
    );
    let old = answered(&|coverage| drop(coverage.as_object_mut().expect("an object").remove("objects")));
    assert_eq!(
        old,
        ("not-assessed".to_owned(), "the report does not say which objects were there; scan again".to_owned())
    );
}

#[test]
fn every_control_has_an_answer() {
    let folder = Folder::with(WORKLOAD);
    let lines = |more: &[&str]| -> (i32, Vec<Value>) {
        let words = [&["policy", "compliance", "cis-kubernetes", "-f", "json"], more].concat();
        let run = portcullis_in(folder.path(), &words, b"");
        (run.code, serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr)))
    };
    let scan = |profile: &str, sources: &str| {
        let words = ["scan", sources, "--profile", profile, "--now", NOW, "-f", "json=report.json"];
        portcullis_in(folder.path(), &words, b"");
    };
    let (code, without) = lines(&[]);
    assert_eq!((code, status(&without, "cis-kubernetes-1.8/5.2.2")), (0, "served"));
    assert_eq!(status(&without, "cis-kubernetes-1.8/5.5.1"), "not-assessed");

    scan("cis-kubernetes", "deploy");
    let (code, with) = lines(&["--report", "report.json"]);
    assert_eq!(code, 1);
    assert_eq!(status(&with, "cis-kubernetes-1.8/5.2.2"), "pass");
    assert_eq!(status(&with, "cis-kubernetes-1.8/5.2.6"), "fail");
    assert_eq!(status(&with, "cis-kubernetes-1.8/5.3.1"), "not-assessed");
    assert_eq!(without.len(), with.len());

    // Rules that were not asked found nothing, which is no pass.
    scan("pss-baseline", "deploy");
    assert_eq!(status(&lines(&["--report", "report.json"]).1, "cis-kubernetes-1.8/5.1.1"), "not-assessed");
    // Nor is a scan that met nothing to judge, or not all of it.
    folder.write("docker/Dockerfile", "FROM scratch\n");
    scan("cis-kubernetes", "docker");
    assert_eq!(status(&lines(&["--report", "report.json"]).1, "cis-kubernetes-1.8/5.2.2"), "not-assessed");
    folder.write("deploy/broken.yaml", "apiVersion: v1\nkind: Pod\nspec: [1\n");
    scan("cis-kubernetes", "deploy");
    assert_eq!(status(&lines(&["--report", "report.json"]).1, "cis-kubernetes-1.8/5.2.2"), "not-assessed");

    let text = portcullis(&["policy", "compliance", "pss-restricted"]).stdout;
    assert!(text.contains("host-process") && text.contains("volume-types"), "{text}");
    let wrong = portcullis(&["policy", "compliance", "recommended"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("cis-docker"), "{}", wrong.stderr);
}

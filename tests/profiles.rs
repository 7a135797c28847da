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

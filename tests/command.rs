//! Runs the built program in a clean environment, with a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

/// What one run of the program gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A folder that is removed with its owner.
pub(crate) struct Folder(PathBuf);

/// Every format of a report.
pub(crate) const FORMATS: [&str; 12] = [
    "text",
    "json",
    "sarif",
    "github",
    "junit",
    "markdown",
    "html",
    "gitlab-container",
    "gitlab-dependency",
    "gitlab-sast",
    "cyclonedx",
    "spdx",
];

/// The date every test judges by: the embedded data is neither fresh nor stale by accident.
pub(crate) const NOW: &str = "2026-08-25";

impl Folder {
    pub(crate) fn new() -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("portcullis-test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// A folder from a text: each `--- name` begins a file.
    pub(crate) fn with(files: &str) -> Folder {
        let folder = Folder::new();
        for part in files.split("--- ").skip(1) {
            let (name, text) = part.split_once('\n').expect("a name, then a text");
            folder.write(name.trim(), text);
        }
        folder
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs the program in this folder.
pub(crate) fn portcullis_in(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    start(folder, arguments, input, &[])
}

/// Runs the program in this folder, with more in its environment.
pub(crate) fn portcullis_with(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
    start(folder, arguments, b"", environment)
}

fn start(folder: &Path, arguments: &[&str], input: &[u8], environment: &[(&str, &str)]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_portcullis"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        // With no HOME there is no cache but one that a test names.
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        use std::io::Write as _;
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program in the workspace.
pub(crate) fn portcullis(arguments: &[&str]) -> Run {
    portcullis_in(testkit::workspace(), arguments, b"")
}

/// Scans with a JSON report, checks the report against its schema and the exit code against the verdict.
pub(crate) fn scan_json(folder: &Path, arguments: &[&str]) -> Value {
    let run = portcullis_in(folder, &[&["scan", "-f", "json", "--now", NOW], arguments].concat(), b"");
    let report: Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr));
    check_report(&report);
    assert_eq!(report["verdict"]["exit_code"], run.code, "{report:#}");
    report
}

/// Every report of the test-suite holds to the published schema.
pub(crate) fn check_report(report: &Value) {
    static SCHEMA: std::sync::OnceLock<jsonschema::Validator> = std::sync::OnceLock::new();
    let schema = SCHEMA.get_or_init(|| {
        let run = portcullis(&["schema", "report"]);
        let schema: Value = serde_json::from_str(&run.stdout).expect("the schema is JSON");
        jsonschema::validator_for(&schema).expect("the schema is a schema")
    });
    let faults: Vec<String> =
        schema.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// `class rule path:line` of every finding, in the report's order.
pub(crate) fn findings(report: &Value) -> Vec<String> {
    let all =
        report["targets"].as_array().into_iter().flatten().flat_map(|target| target["findings"].as_array().unwrap());
    all.map(|finding| {
        let place = &finding["locations"][0];
        format!(
            "{} {} {}:{}",
            finding["class"].as_str().unwrap_or("?"),
            finding["rule"].as_str().unwrap_or("?"),
            place["path"].as_str().unwrap_or("?"),
            place["line"]
        )
    })
    .collect()
}

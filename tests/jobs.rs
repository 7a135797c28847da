//! The same bytes for any number of threads, in every format, over every kind of source at once.

use crate::command::{Folder, NOW, portcullis_in};

/// A tree large enough that threads really race.
fn tree() -> Folder {
    let folder = Folder::new();
    for at in 0..60 {
        folder.write(&format!("service-{at}/requirements.txt"), "django==3.2.0\nflask==0.12\nrequests==2.19.1\n");
        folder.write(
            &format!("service-{at}/deployment.yaml"),
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n    - name: c\n      image: nginx\n",
        );
        folder.write(&format!("service-{at}/Dockerfile"), "FROM debian\nADD a b\nRUN sudo apt-get update\n");
        folder.write(&format!("service-{at}/package-lock.json"), "{\"lockfileVersion\": 3, \"packages\": \n");
    }
    folder
}

#[test]
fn every_format_is_the_same_for_1_2_and_8_threads() {
    let folder = tree();
    let demo = testkit::workspace().join("fixtures/demo").display().to_string();
    for format in ["text", "json", "sarif"] {
        let outputs: Vec<String> = ["1", "2", "8"]
            .iter()
            .map(|jobs| {
                let run =
                    portcullis_in(folder.path(), &["scan", "-f", format, "--now", NOW, "-j", jobs, ".", &demo], b"");
                assert_eq!(run.code, 1, "{}", run.stderr);
                run.stdout
            })
            .collect();
        assert!(outputs[0].len() > 1_000, "{format}: {}", outputs[0]);
        assert!(
            outputs.iter().all(|output| *output == outputs[0]),
            "{format}: the bytes depend on the number of threads"
        );
    }
}

/// A settings file of the scanned tree may ask for any number: the system would end a program with so many threads.
#[test]
fn no_number_of_threads_is_too_many() {
    let folder = Folder::with("--- requirements.txt\ndjango==3.2.0\n--- portcullis.toml\njobs = 1000000\n");
    for arguments in [&["scan", ".", "--now", NOW][..], &["scan", ".", "--now", NOW, "-j", "1000000"]] {
        let run = portcullis_in(folder.path(), arguments, b"");
        assert_eq!(run.code, 1, "{}", run.stderr);
    }
}

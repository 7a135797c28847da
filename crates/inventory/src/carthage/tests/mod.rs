//! Every kind of line.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const RESOLVED: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/carthage/Cartfile.resolved");
const CARTFILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/carthage/Cartfile");
const PRIVATE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/carthage/Cartfile.private");

#[test]
fn resolved() {
    assert_snapshot!(list(&run(&DETECTOR, "Cartfile.resolved", RESOLVED)), @r#"
    pkg:generic/Mapping@4.8.0?repository_url=https:%2F%2Fdownloads.example%2FMapping.json · line 2 · OtherRegistry("https://downloads.example/Mapping.json")
    pkg:generic/Shared@1.0.0 · line 3 · Path
    pkg:swift/git.example/team/Ssh@v2.0 · line 4
    pkg:swift/git.example/team/Forked?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fteam%2FForked%230123456789abcdef0123456789abcdef01234567 · line 5 · Git("https://git.example/team/Forked#0123456789abcdef0123456789abcdef01234567")
    pkg:swift/github.com/Alamofire/Alamofire@5.4.4 · line 6
    pkg:swift/github.com/Quick/Nimble@v9.2.1 · line 7
    pkg:swift/ghe.example/team/Inner@1.2.3 · line 8
    pkg:swift/github.com/mattgallagher/CwlPreconditionTesting@2.0.2 · line 9
    Error Syntax line 10: `svn "https://svn.example/x" "1"` is no line of a Cartfile.resolved: it is not read
    "#);
}

#[test]
fn with_manifests() {
    let manifests = [("Cartfile", CARTFILE), ("Cartfile.private", PRIVATE)];
    assert_snapshot!(list(&run_with(&DETECTOR, "Cartfile.resolved", RESOLVED, &manifests)), @r#"
    pkg:generic/Mapping@4.8.0?repository_url=https:%2F%2Fdownloads.example%2FMapping.json · line 2 · OtherRegistry("https://downloads.example/Mapping.json") · Direct · Runtime
    pkg:generic/Shared@1.0.0 · line 3 · Path · Transitive
    pkg:swift/git.example/team/Ssh@v2.0 · line 4 · Transitive
    pkg:swift/git.example/team/Forked?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fteam%2FForked%230123456789abcdef0123456789abcdef01234567 · line 5 · Git("https://git.example/team/Forked#0123456789abcdef0123456789abcdef01234567") · Direct · Runtime
    pkg:swift/github.com/Alamofire/Alamofire@5.4.4 · line 6 · Direct · Runtime
    pkg:swift/github.com/Quick/Nimble@v9.2.1 · line 7 · Direct · Development
    pkg:swift/ghe.example/team/Inner@1.2.3 · line 8 · Direct · Runtime
    pkg:swift/github.com/mattgallagher/CwlPreconditionTesting@2.0.2 · line 9 · Transitive
    Error Syntax line 10: `svn "https://svn.example/x" "1"` is no line of a Cartfile.resolved: it is not read
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "Cartfile.resolved", b"github \"a/b\" \"1.0\"\ngithub \"a/c\" \"1\nsvn \"x\" \"1\"\n\xff")), @r#"
    pkg:swift/github.com/a/b@1.0 · line 1
    Error Encoding line 4: the file is not UTF-8 from this line on: what follows is not read
    Error Syntax line 2: `github "a/c" "1` is no line of a Cartfile.resolved: it is not read
    Error Syntax line 3: `svn "x" "1"` is no line of a Cartfile.resolved: it is not read
    "#);
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "Cartfile.resolved", RESOLVED);
}

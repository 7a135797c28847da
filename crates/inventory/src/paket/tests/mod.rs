//! Sources, groups, repositories.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const LOCK_FILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/paket/paket.lock");

#[test]
fn lock() {
    assert_snapshot!(list(&run(&DETECTOR, "paket.lock", LOCK_FILE)), @r#"
    pkg:nuget/Argu@6.1.1 · line 5 · needs FSharp.Core System.Configuration.ConfigurationManager
    pkg:nuget/FSharp.Core@8.0.100 · line 8
    pkg:nuget/System.Configuration.ConfigurationManager@8.0 · line 9
    pkg:nuget/Team.Library@2.0.0-beta.1?repository_url=https:%2F%2Ffeed.example%2Fnuget%2Fv3%2Findex.json · line 11 · OtherRegistry("https://feed.example/nuget/v3/index.json") · needs FSharp.Core
    pkg:nuget/Local.Library@1.0 · line 14 · Path
    pkg:nuget/FAKE@cd4d3b9a8dd7c3c9c7f5a5b1b1e8e8d1c1a1b2c3?vcs_url=fsharp%2FFAKE%23cd4d3b9a8dd7c3c9c7f5a5b1b1e8e8d1c1a1b2c3 · line 17 · Git("fsharp/FAKE#cd4d3b9a8dd7c3c9c7f5a5b1b1e8e8d1c1a1b2c3")
    pkg:nuget/FAKE@5.16 · line 23
    "#);
}

#[test]
fn with_the_manifest() {
    let manifest: &[u8] = b"source https://api.nuget.org/v3/index.json\nnuget Argu ~> 6\ngroup Build\n  nuget FAKE\n";
    let found = run_with(&DETECTOR, "x/paket.lock", LOCK_FILE, &[("x/paket.dependencies", manifest)]);
    let shown: Vec<String> = found.packages.iter().map(|p| format!("{} {:?}", p.name, p.relationship)).collect();
    assert_snapshot!(shown.join("\n"), @r"
    Argu Direct
    FSharp.Core Transitive
    System.Configuration.ConfigurationManager Transitive
    Team.Library Unknown
    Local.Library Unknown
    FAKE Direct
    FAKE Unknown
    ");
}

#[test]
fn broken() {
    let text = b"NUGET\n  remote: https://api.nuget.org/v3/index.json\n    Half\n      Need (1)\nNOTHING\n    x (1)\n";
    assert_snapshot!(list(&run(&DETECTOR, "paket.lock", text)), @r"
    Error Syntax line 3: `Half` is no package and its version: it is not read
    Error Syntax line 4: a dependency of no package: it is not read
    Error Syntax line 5: `NOTHING` begins no block that is known: it is not read
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "paket.lock", LOCK_FILE);
}

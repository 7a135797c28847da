//! Archives built in memory: with properties, with a manifest, shaded, nested, damaged; and those of this machine.

use std::io::{Cursor, Write};

use insta::assert_snapshot;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::run;

const PROPERTIES: &str = include_str!("../../../../../fixtures/installed/java/pom.properties");
const MANIFEST: &str = include_str!("../../../../../fixtures/installed/java/MANIFEST.MF");

fn jar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a new entry");
        writer.write_all(content).expect("memory takes all");
    }
    writer.finish().expect("memory takes all").into_inner()
}

fn check(path: &str, bytes: &[u8]) -> String {
    let parsed = run(&DETECTOR, path, bytes);
    let packages = parsed.packages.iter().map(|package| {
        let license = package.license.as_ref().map(model::License::as_str).unwrap_or("-");
        format!("{} {:?} in {} license {license}\n", package.purl(), package.state, package.locations[0].path)
    });
    let problems = parsed
        .problems
        .iter()
        .map(|problem| format!("{:?} {:?}: {}\n", problem.severity, problem.kind, problem.message));
    packages.chain(problems).collect()
}

#[test]
fn by_properties() {
    let maven = "META-INF/maven/org.example/tool/pom.properties";
    assert_snapshot!(check("app/tool.jar", &jar(&[(maven, PROPERTIES.as_bytes()), ("A.class", b"x")])), @r"pkg:maven/org.example/tool@1.2.3 Installed in /app/tool.jar license -");
}

#[test]
fn by_manifest() {
    let bytes = jar(&[("META-INF/MANIFEST.MF", MANIFEST.as_bytes())]);
    assert_snapshot!(check("app/commons-io-2.11.0.jar", &bytes), @r"pkg:maven/org.apache.commons/commons-io@2.11.0 Inferred in /app/commons-io-2.11.0.jar license Apache-2.0");
    assert_snapshot!(check("app/commons-io.jar", &bytes), @r"pkg:maven/org.apache.commons/commons-io@2.11.0 Inferred in /app/commons-io.jar license Apache-2.0");
    assert_snapshot!(check("app/guava-31.1-jre.jar", &jar(&[("A.class", b"x")])), @r"
    pkg:generic/guava@31.1-jre Inferred in /app/guava-31.1-jre.jar license -
    Warning Shape: `/app/guava-31.1-jre.jar` does not say who publishes it: no advisory can be matched with it
    ");
    assert_snapshot!(check("app/app.jar", &jar(&[("A.class", b"x")])), @"");
}

#[test]
fn by_name_and_folder() {
    let of = |version: &str| format!("Manifest-Version: 1.0\nImplementation-Version: {version}\n");
    let spring = jar(&[("META-INF/MANIFEST.MF", of("5.3.17").as_bytes()), ("org/springframework/beans/A.class", b"x")]);
    assert_snapshot!(check("app/spring-beans-5.3.17.jar", &spring), @r"pkg:maven/org.springframework/spring-beans@5.3.17 Inferred in /app/spring-beans-5.3.17.jar license -");
    let tomcat = jar(&[("META-INF/MANIFEST.MF", of("9.0.50").as_bytes()), ("org/apache/catalina/A.class", b"x")]);
    assert_snapshot!(check("tomcat/lib/catalina.jar", &tomcat), @r"pkg:maven/org.apache.tomcat/tomcat-catalina@9.0.50 Inferred in /tomcat/lib/catalina.jar license -");
    // Of that name, and something else.
    let other = jar(&[("META-INF/MANIFEST.MF", of("1.0").as_bytes()), ("org/example/A.class", b"x")]);
    assert_snapshot!(check("app/spring-beans-1.0.jar", &other), @r"
    pkg:generic/spring-beans@1.0 Inferred in /app/spring-beans-1.0.jar license -
    Warning Shape: `/app/spring-beans-1.0.jar` does not say who publishes it: no advisory can be matched with it
    ");
}

#[test]
fn shaded_and_nested() {
    let other = PROPERTIES.replace("tool", "shaded");
    let inner = jar(&[("META-INF/maven/org.example/tool/pom.properties", PROPERTIES.as_bytes())]);
    let war = jar(&[("WEB-INF/lib/tool-1.2.3.jar", &inner), ("WEB-INF/lib/broken.jar", b"no archive")]);
    let outer = jar(&[
        ("META-INF/maven/org.example/tool/pom.properties", PROPERTIES.as_bytes()),
        ("META-INF/maven/org.example/shaded/pom.properties", other.as_bytes()),
        ("app.war", &war),
    ]);
    assert_snapshot!(check("app/tool-1.2.3.jar", &outer), @r"
    pkg:maven/org.example/tool@1.2.3 Installed in /app/tool-1.2.3.jar license -
    pkg:maven/org.example/shaded@1.2.3 Installed in /app/tool-1.2.3.jar!/META-INF/maven/org.example/shaded/pom.properties license -
    pkg:maven/org.example/tool@1.2.3 Installed in /app/tool-1.2.3.jar!/app.war!/WEB-INF/lib/tool-1.2.3.jar license -
    Error Archive: `/app/tool-1.2.3.jar!/app.war!/WEB-INF/lib/broken.jar` is no archive that can be read, invalid Zip archive: Could not find EOCD: what it holds is not known
    ");
}

#[test]
fn archives_in_archives_end_somewhere() {
    let mut bytes = jar(&[("META-INF/maven/org.example/tool/pom.properties", PROPERTIES.as_bytes())]);
    for _ in 0..6 {
        bytes = jar(&[("inner.jar", &bytes)]);
    }
    assert_snapshot!(check("a.jar", &bytes), @r"Error Limit: `/a.jar!/inner.jar!/inner.jar!/inner.jar!/inner.jar` lies deeper than 4 archives: it is not read");
}

#[test]
fn broken() {
    let bytes = jar(&[("META-INF/maven/org.example/tool/pom.properties", PROPERTIES.as_bytes())]);
    assert_snapshot!(check("a.jar", &bytes[..bytes.len() / 2]), @r"Error Archive: `/a.jar` is no archive that can be read, invalid Zip archive: Could not find EOCD: what it holds is not known");
}

#[test]
fn survives_anything() {
    let inner = jar(&[("META-INF/maven/org.example/tool/pom.properties", PROPERTIES.as_bytes())]);
    survives(&DETECTOR, "a.jar", &jar(&[("META-INF/MANIFEST.MF", MANIFEST.as_bytes()), ("lib/inner-1.0.jar", &inner)]));
}

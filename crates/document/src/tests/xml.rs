//! XML: elements, attributes, text, and nothing from outside.

use insta::assert_snapshot;
use model::Format;

use super::shown;

fn check(text: &str) -> String {
    shown(Format::Xml, text)
}

#[test]
fn elements() {
    assert_snapshot!(check("<?xml version=\"1.0\"?>\n<!-- c -->\n<p:a x=\"1 &amp; é\" p:y='2'>\n <b> one </b>\n <b><![CDATA[<two>]]></b>\n <c/>\n <d z=\"\">te<i/>xt &lt;</d>\n</p:a>\n"), @r##"
    --- 0 plain
    . {} 3:1-8:7
    a {} 3:1-8:7 key «a»
    a.-x = "1 & é" 3:9-3:18 «1 &amp; é» key «x»
    a.-y = "2" 3:25-3:26 «2» key «y»
    a.b [] 4:6-5:22 key «b»
    a.b[0] = "one" 4:6-4:9 «one»
    a.b[1] = "<two>" 5:5-5:22 «<![CDATA[<two>]]>»
    a.c = "" 6:2-6:6 «<c/>» key «c»
    a.d {} 7:2-7:27 key «d»
    a.d["#content"] = "text <" 7:10-7:23 «te<i/>xt &lt;» key «te<i/>xt &lt;»
    a.d.-z = "" 7:8-7:8 «» key «z»
    a.d.i = "" 7:12-7:16 «<i/>» key «i»
    "##);
    assert_snapshot!(check("<a> </a>"), @r#"
    --- 0 plain
    . {} 1:1-1:9
    a = "" 1:1-1:9 «<a> </a>» key «a»
    "#);
}

#[test]
fn nothing_from_outside() {
    assert_snapshot!(check("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n<a>x &e;</a>"), @r#"
    --- 0 plain
    . {} 2:4-2:9
    a = "x &e;" 2:4-2:9 «x &e;» key «a»
    Warning Unsupported 2:6 entity `&e;` is not expanded here, text that names it stays as it is written
    "#);
}

#[test]
fn faults() {
    assert_snapshot!(check("<a><b></a>"), @"Error Syntax 1:7 no valid XML: ill-formed document: expected `</b>`, but `</a>` was found, the file was not read");
    assert_snapshot!(check("<a><b>"), @"Error Truncated 1:7 XML ends too early: an element is not closed, the file was not read");
    assert_snapshot!(check("<a/><b/>"), @"Error Syntax 1:5 no valid XML: there is more than one root, the file was not read");
    assert_snapshot!(check("<a/>text"), @"Error Syntax 1:5 no valid XML: text stands outside of the root, the file was not read");
    assert_snapshot!(check("<a x=1/>"), @r#"Error Syntax 1:1 no valid XML: position 4: attribute value must be enclosed in `"` or `'`, the file was not read"#);
    assert_snapshot!(check("<!-- nothing -->"), @"");
}

//! Versions to compare: each scheme's own alphabet, mostly well formed, short enough to collide often.

use portcullis_version::Scheme;
use proptest::prelude::*;

/// A pattern for the versions of a scheme.
fn pattern(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::SemVer => r"v?(0|1|2|10)(\.(0|1|01|10)){0,3}(-(a|b|rc|0|1|10|A)(\.(a|0|1|10|a-b|1a)){0,2})?(\+x)?",
        Scheme::Go => {
            r"v?(0|1|2|10)\.(0|1|20|21)\.(0|1|10)(-(rc\.1|rc\.10|0|1|0\.20210101000000-abc|beta))?(\+incompatible)?|(go)?1\.(9|20|21|22)((rc|beta)(1|2|10)|\.(0|1|10))?|go1\.(20|21)"
        }
        Scheme::Pep440 => {
            r"(1!|v|)(0|1|1\.0|1\.1|1\.10|01\.0\.0)([-_.]?(a|alpha|b|c|rc|pre|preview|RC)([-_.]?(0|1|2))?)?(-1|[-_.]?(post|rev|r)([-_.]?(0|2))?)?([-_.]?dev([-_.]?(0|1))?)?(\+(a|1|10|abc|A)([-_.](a|1|b))?)?|[01]\.[09](-(foo|x1|dev|final|0)){0,2}-[a-c]"
        }
        Scheme::Debian => r"([01]:)?[0-2][0a~+.]{0,4}[0-2.a~+-]{0,3}[0-2a~](-[01a~.+]{1,3})?",
        Scheme::Apk => {
            r"(0|1|01|10)(\.(0|00|1|01|10)){0,3}((a|b1|p|\.r1)?(_(alpha|beta|pre|rc|cvs|svn|git|hg|p)(0|1|10|)){0,2}(~[0-9a-f]{1,2})?(-r(0|1|10))?|(\.{1,2}1|_foo|B|-1|-r|-r0-1|-rx|_rc-r-1))"
        }
        Scheme::Rpm => r"([012]:|a:)?[01ab~^._+]{1,6}(-[01ab~^.]{0,3})?",
        Scheme::NuGet => r"(0|1|10)(\.(0|1|01|10)){0,3}(-(a|B|rc|0|1|10|A)(\.(a|0|10|A-b)){0,2})?(\+x)?",
        Scheme::Pub | Scheme::Julia => {
            r"v?(0|1|10)(\.(0|1|10)){0,2}(-(a|b|0|1|10|A)(\.(a|0|10)){0,2})?(\+(a|0|1|10|1a)(\.(a|0|1)){0,2})?"
        }
        Scheme::Bitnami => r"(0|1|10)(\.(0|1|10)){0,2}(-(0|1|10|rc\.1|a|1\.a))?(\+x)?",
        Scheme::Packagist => {
            r"[vV]?(0|1|10)(\.(0|1|10)){0,3}([-_.+]?(alpha|a|beta|b|RC|rc|pl|p|patch|dev|foo|Beta|stable)[.-]?(0|1|10|)){0,2}"
        }
        Scheme::RubyGems => r"(0|1|10)(\.(0|0|1|10|a|b|rc1|a0|A)){0,4}(-(a|1|x-1|b\.0))?",
        Scheme::Maven => {
            r"(0|1|10|a)([.-]?(0|1|10|a|a1|b2|rc|cr|alpha|SNAPSHOT|sp|foo|Final|ga|x|)){0,2}([.-](0|1|a1|rc1|alpha|SNAPSHOT|sp|final|)){0,3}"
        }
        Scheme::Cran => r"(0|1|10)([.-](0|1|01|10)){0,4}",
        Scheme::Hackage => r"(0|1|10)(\.(0|1|01|10)){0,4}",
        Scheme::Conan => r"(0|1|10|cci)(\.(0|1|10|1a|1b|a)){0,3}(-(a|1|rc\.1|pre\.0))?(\+(1|a|1\.0))?",
        Scheme::Actions => r"v?(0|1|2|10)\.(0|1|10)\.(0|1|10)(-(a|b|rc\.1|0|10))?(\+x)?|v?(1|10)(\.1)?|main",
        Scheme::Lenient => {
            r"v?(0|1|01|10)([.~-]?(0|1|10|a|A|b|k|m|rc|RC|alpha|beta|dev|pre|foo|snapshot)){0,4}([._+]{1,2}(0|1|x|rc1))?"
        }
        other => panic!("no pattern for {other:?}"),
    }
}

/// Versions of a scheme, some of which it may refuse.
pub(crate) fn version(scheme: Scheme) -> impl Strategy<Value = String> {
    proptest::string::string_regex(pattern(scheme)).expect("a pattern")
}

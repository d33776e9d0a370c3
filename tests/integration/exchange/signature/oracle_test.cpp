// Tools that are not ours judge what we sign: the xmlsec1 command, Python's canonicalisation and
// base64, the openssl command.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "exchange/signature/signer.h"
#include "exchange/signature/verifier.h"
#include "tests/support/envelope_fixture.h"
#include "tests/support/test_pki.h"

namespace exchange {
namespace {

const base::Instant kNow = base::toInstant(tests::kToday, std::chrono::hours(12));

// Exclusive canonicalisation, digest, signature value and attachments with nothing but Python's
// standard library and openssl. (ElementTree's own canonicalisation forgets prefixes.)
constexpr const char* kPython = R"(
import base64, hashlib, re, subprocess, sys, xml.etree.ElementTree as ET
from xml.parsers import expat
folder = sys.argv[1]
raw = open(folder + '/envelope.edxml', 'rb').read()
text = raw.decode()
DS = '{http://www.w3.org/2000/09/xmldsig#}'
N = '{http://www.mic.gov.vn/TBT/QCVN_102_2016}'
out, scopes, rendered, skip = [], [{'': ''}], [{'': ''}], [0]

def escape(s):
    return s.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace('\r', '&#xD;')

def start(name, attributes):
    if skip[0] or name == 'Signature':
        skip[0] += 1
        return
    scope, shown = dict(scopes[-1]), dict(rendered[-1])
    for key, value in attributes.items():
        if key == 'xmlns' or key.startswith('xmlns:'):
            scope[key[6:]] = value
    prefix = name.split(':')[0] if ':' in name else ''
    out.append('<' + name)
    if shown.get(prefix) != scope[prefix]:
        shown[prefix] = scope[prefix]
        out.append(' xmlns%s="%s"' % (':' + prefix if prefix else '', scope[prefix]))
    for key in sorted(k for k in attributes if not k.startswith('xmlns')):
        out.append(' %s="%s"' % (key, attributes[key]))
    out.append('>')
    scopes.append(scope)
    rendered.append(shown)

def end(name):
    if skip[0]:
        skip[0] -= 1
        return
    out.append('</%s>' % name)
    scopes.pop()
    rendered.pop()

parser = expat.ParserCreate()
parser.StartElementHandler, parser.EndElementHandler = start, end
parser.CharacterDataHandler = lambda s: None if skip[0] else out.append(escape(s))
parser.Parse(raw, True)
root = ET.fromstring(text)
digest = base64.b64encode(hashlib.sha256(''.join(out).encode()).digest()).decode()
assert root.find('.//' + DS + 'DigestValue').text == digest, 'digest'
info = re.search('<SignedInfo>.*?</SignedInfo>', text).group(0)
info = info.replace('<SignedInfo>', '<SignedInfo xmlns="http://www.w3.org/2000/09/xmldsig#">')
open(folder + '/info', 'w').write(info)
open(folder + '/value', 'wb').write(base64.b64decode(root.find('.//' + DS + 'SignatureValue').text))
pem = '-----BEGIN CERTIFICATE-----\n' + root.find('.//' + DS + 'X509Certificate').text + '\n-----END CERTIFICATE-----\n'
key = subprocess.run(['openssl', 'x509', '-pubkey', '-noout'], input=pem.encode(), capture_output=True, check=True).stdout
open(folder + '/key', 'wb').write(key)
subprocess.run(['openssl', 'dgst', '-sha256', '-verify', folder + '/key', '-signature', folder + '/value', folder + '/info'], check=True, stdout=subprocess.DEVNULL)
first = root.find('.//' + N + 'ContentTransferEncoded').text
assert base64.b64decode(first, validate=True) == open(folder + '/first', 'rb').read(), 'attachment'
)";

class SignatureOracle : public testing::Test {
 protected:
  SignatureOracle() : blobs_(folder_.path() / "blobs") {
    std::ofstream(folder_.path() / "root.pem") << tests::sharedPki().rootPem();
    std::ofstream(folder_.path() / "check.py") << kPython;
  }

  void write(const std::string& text) {
    std::ofstream(folder_.path() / "envelope.edxml", std::ios::binary) << text;
  }
  std::string sign(const DocumentEnvelope& document) {
    std::string text;
    const auto written = writeSignedEnvelope(document, kNow, signer_, blobs_,
                                             [&](std::string_view bytes) { text += bytes; });
    EXPECT_TRUE(written) << written.error().code << written.error().field;
    write(text);
    return text;
  }
  DocumentEnvelope withAttachment(const std::string& bytes) {
    std::ofstream(folder_.path() / "first", std::ios::binary) << bytes;
    DocumentEnvelope document = tests::sampleDocument();
    document.attachments.push_back(tests::attachmentOf(blobs_, "a.pdf", bytes));
    return document;
  }
  int run(const std::string& command) {
    return std::system(("cd " + folder_.path().string() + " && " + command).c_str());
  }
  int xmlsec1() {
    return run("xmlsec1 --verify --trusted-pem root.pem envelope.edxml >xmlsec.log 2>&1");
  }

  tests::TemporaryFolder folder_;
  base::BlobStore blobs_;
  EnvelopeSigner signer_ =
      *EnvelopeSigner::fromPkcs12Bytes(tests::sharedPki().agencyPkcs12("H32"), "secret");
};

TEST_F(SignatureOracle, XmlsecVerifiesADocument) {
  sign(withAttachment("%PDF-1.4 \x00\x01\xFF"));
  EXPECT_EQ(0, xmlsec1());
  EXPECT_EQ(0, run("python3 check.py ."));
}

TEST_F(SignatureOracle, XmlsecVerifiesAStatus) {
  std::string text;
  ASSERT_TRUE(writeSignedEnvelope(tests::sampleStatus(), kNow, signer_,
                                  [&](std::string_view bytes) { text += bytes; }));
  write(text);
  EXPECT_EQ(0, xmlsec1());
}

TEST_F(SignatureOracle, XmlsecRefusesAChange) {
  std::string text = sign(withAttachment("%PDF-1.4 x"));
  text.replace(text.find("1234"), 4, "1235");
  write(text);
  EXPECT_NE(0, xmlsec1());
}

// Where canonicalisations differ when they are wrong.
TEST_F(SignatureOracle, AgreesOnTheEdgesOfCanonicalForm) {
  const std::vector<std::string> subjects = {"a & b < c > d \"e\" 'f'",
                                             "dòng một\r\ndòng hai",
                                             "tab\tgiữa",
                                             "một\rhai",
                                             "e\u0302 ê",
                                             "\u202dx",
                                             "😀 \U00020000",
                                             "]]>",
                                             "&amp;",
                                             "<![CDATA[x]]>",
                                             "  đầu cuối  ",
                                             "a\n"};
  for (const auto& subject : subjects) {
    DocumentEnvelope document = withAttachment(subject);
    document.subject = subject;
    document.attachments[0].description = subject;
    const std::string text = sign(document);
    EXPECT_EQ(0, xmlsec1()) << subject;
    EXPECT_EQ(0, run("python3 check.py .")) << subject;
    std::istringstream stream(text);
    const auto report = readEnvelope(stream, blobs_);
    ASSERT_TRUE(report);
    const auto verifier = EnvelopeVerifier::fromPem(tests::sharedPki().rootPem());
    EXPECT_TRUE(verifyEnvelope(*report, *verifier, kNow).good()) << subject;
  }
}

TEST_F(SignatureOracle, AgreesOnAttachmentsOfEveryEnding) {
  for (const std::size_t size : {1U, 2U, 3U, 48U * 1024U, 48U * 1024U + 1, 1000000U}) {
    sign(withAttachment(std::string(size, '\xE1')));
    EXPECT_EQ(0, xmlsec1()) << size;
    EXPECT_EQ(0, run("python3 check.py .")) << size;
  }
}

// What another tool signs, inclusive canonical form and line breaks in the base64 included.
TEST_F(SignatureOracle, VerifiesWhatXmlsecSigned) {
  std::string text = sign(withAttachment(std::string(5000, 'x')));
  const auto begin = text.find("<Signature ");
  const auto end = text.find("</Signature>") + 12;
  text.replace(
      begin, end - begin,
      "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo>"
      "<CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>"
      "<SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha512\"/>"
      "<Reference URI=\"\"><Transforms><Transform "
      "Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/></Transforms>"
      "<DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha512\"/><DigestValue/>"
      "</Reference></SignedInfo><SignatureValue/><KeyInfo><X509Data/></KeyInfo></Signature>");
  const auto body = text.find(">eHh4") + 1;
  for (std::size_t at = body + 76; text[at] != '<'; at += 79) {
    text.insert(at, "\r\n ");
    if (text.find('<', at) < at + 79) {
      break;
    }
  }
  write(text);
  std::ofstream(folder_.path() / "key.p12", std::ios::binary)
      << tests::sharedPki().agencyPkcs12("H32");
  ASSERT_EQ(0, run("xmlsec1 --sign --pkcs12 key.p12 --pwd secret --output signed.edxml "
                   "envelope.edxml >xmlsec.log 2>&1"));
  const auto report = readEnvelope(folder_.path() / "signed.edxml", blobs_);
  ASSERT_TRUE(report);
  const auto verifier = EnvelopeVerifier::fromPem(tests::sharedPki().rootPem() +
                                                  tests::sharedPki().intermediatePem());
  const SignatureReport verdict = verifyEnvelope(*report, *verifier, kNow);
  for (const auto& finding : verdict.findings) {
    ADD_FAILURE() << faultName(finding.fault) << " " << finding.text;
  }
}

}  // namespace
}  // namespace exchange

#include <gtest/gtest.h>

#include "base/crypto/digest.h"
#include "exchange/axis/edoc_reply.h"
#include "exchange/axis/replies.h"

namespace exchange::axis {
namespace {

struct Read {
  std::string bytes;
  bool complete = false;
  std::string frame;
};

Read readInPieces(const std::string& answer, std::size_t pieceSize) {
  Read read;
  EdocReplyReader reader([&](std::string_view bytes) { read.bytes += bytes; });
  for (std::size_t at = 0; at < answer.size(); at += pieceSize) {
    reader.write(std::string_view(answer).substr(at, pieceSize));
  }
  read.complete = reader.complete();
  read.frame = reader.frame();
  return read;
}

TEST(EdocReply, GivesTheEnvelopeInWhateverPiecesItComes) {
  std::string envelope;
  for (int i = 0; i < 100'000; ++i) {
    envelope += static_cast<char>(i * 7);
  }
  const std::string answer = R"({"status":"OK","ErrorCode":"0","data":")" + base::base64(envelope) +
                             R"(","ErrorDesc":"data"})";
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{7}, std::size_t{4096}, answer.size()}) {
    const Read read = readInPieces(answer, piece);
    EXPECT_TRUE(read.complete);
    EXPECT_EQ(read.bytes, envelope);
    EXPECT_EQ(read.frame, R"({"status":"OK","ErrorCode":"0","data":"","ErrorDesc":"data"})");
  }
}

TEST(EdocReply, ReadsEscapedBase64AndMissingPadding) {
  EXPECT_EQ(readInPieces(R"({"data":"YWJjZA\u003d\u003d","status":"OK"})", 3).bytes, "abcd");
  EXPECT_EQ(readInPieces(R"({"data":"YWJj\nZA"})", 5).bytes, "abcd");
  EXPECT_EQ(readInPieces(R"({"data":"\/\/\/\/"})", 2).bytes, "\xff\xff\xff");
}

TEST(EdocReply, OnlyTheOuterDataIsTheEnvelope) {
  const Read read =
      readInPieces(R"({"other":{"data":"%%%"},"list":["data","x"],"a":"data","data":"YQ=="})", 4);
  EXPECT_TRUE(read.complete);
  EXPECT_EQ(read.bytes, "a");
}

TEST(EdocReply, GarbledAnswersAreNotComplete) {
  for (const char* answer : {"", "<html>", R"({"data":"YWJj)", R"({"data":"YW*j"})",
                             R"({"data":"YQ==YQ=="})", R"({"data":"YQ"}x)", R"(["data"])",
                             R"({"data":"\u0"})", R"({"data":"\u4e2d"})", R"({"data":"A"})"}) {
    EXPECT_FALSE(readInPieces(answer, 2).complete) << answer;
  }
  EXPECT_FALSE(readInPieces("{\"a\":\"" + std::string(100'000, 'x') + "\"}", 1000).complete);
}

TEST(AxisReplies, Code20AndNonsenseAreTransientTheRestIsPermanent) {
  EXPECT_TRUE(readOutcome(200, R"({"status":"OK","ErrorCode":"0","ErrorDesc":""})"));
  EXPECT_TRUE(readOutcome(200, R"({"Status":"ok","errorCode":0})"));
  const auto kindOf = [](int status, std::string_view body) {
    const auto outcome = readOutcome(status, body);
    EXPECT_FALSE(outcome) << body;
    return outcome.error().kind;
  };
  EXPECT_EQ(kindOf(200, R"({"status":"FAIL","ErrorCode":"18","ErrorDesc":"x"})"),
            AxisFault::Kind::Permanent);
  EXPECT_EQ(kindOf(401, R"({"status":"FAIL","ErrorCode":15})"), AxisFault::Kind::Permanent);
  for (const char* body : {R"({"status":"FAIL","ErrorCode":"20"})", R"({"status":"FAIL"})", "",
                           "null", "<html>502</html>", "[]", R"({"a":1})"}) {
    EXPECT_EQ(kindOf(200, body), AxisFault::Kind::Transient) << body;
  }
  EXPECT_EQ(kindOf(503, R"({"status":"OK"})"), AxisFault::Kind::Transient);
}

TEST(AxisReplies, EmptyOrGarbledListIsNothingButAnIllServerIsAFault) {
  for (const char* body : {"", "null", "<html>", R"({"status":"OK","data":null})"}) {
    const auto rows = readReceivedList(200, body, MessageKind::Document);
    ASSERT_TRUE(rows) << body;
    EXPECT_TRUE(rows->empty());
  }
  EXPECT_FALSE(readReceivedList(502, "<html>", MessageKind::Document));
  EXPECT_FALSE(
      readReceivedList(200, R"({"status":"FAIL","ErrorCode":"15"})", MessageKind::Document));
}

TEST(AxisReplies, ListRowsAreReadLeniently) {
  const auto rows = readReceivedList(
      200,
      R"({"status":"OK","ErrorCode":"0","data":[{"docId":"5b6f","messageType":"status","from":"H32",
          "to":"H32.21","created_time":17},{"docId":""},{"docid":7},3,{"docId":"a\nb"}]})",
      MessageKind::Document);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_EQ(rows->at(0).kind, MessageKind::Status);
  EXPECT_EQ(rows->at(0).createdTime, "17");
  EXPECT_EQ(rows->at(1).docId, "7");
}

TEST(AxisReplies, AgenciesComeRowByRow) {
  std::vector<ListedAgency> agencies;
  const auto outcome = readAgencies(
      200,
      R"({"data":[{"id":1,"code":"H32","code102":"000.00.00.H32","name":"Ủy ban nhân dân tỉnh Khánh Hòa"},
          {"code":"H43","deleted":true},{"name":"no code"}],"status":"OK","ErrorCode":"0"})",
      [&](const ListedAgency& agency) { agencies.push_back(agency); });
  ASSERT_TRUE(outcome);
  ASSERT_EQ(agencies.size(), 2u);
  EXPECT_EQ(agencies[0].code102, "000.00.00.H32");
  EXPECT_FALSE(agencies[0].deleted);
  EXPECT_TRUE(agencies[1].deleted);
}

TEST(AxisReplies, SentWithoutDocIdIsNotBelieved) {
  EXPECT_EQ(readDocId(200, R"({"status":"OK","ErrorCode":"0","DocId":"abc"})").value(), "abc");
  EXPECT_FALSE(readDocId(200, R"({"status":"OK","ErrorCode":"0"})"));
  const std::string tooLong(101, 'a');
  EXPECT_FALSE(readDocId(200, R"({"status":"OK","ErrorCode":"0","DocId":")" + tooLong + R"("})"));
}

}  // namespace
}  // namespace exchange::axis

#include "base/http/router.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using namespace base::http;

Router routerOf(std::initializer_list<std::pair<Method, const char*>> patterns) {
  Router router;
  for (const auto& [method, pattern] : patterns) {
    Route route;
    route.method = method;
    route.pattern = pattern;
    route.name = pattern;
    router.add(route);
  }
  return router;
}

std::string found(const Router& router, Method method, std::string_view path) {
  const Router::Match match = router.find(method, path);
  return match.route ? match.route->pattern : "";
}

TEST(RouterTest, TheMostLiteralPatternWins) {
  const Router router = routerOf({{Method::Get, "/"},
                                  {Method::Get, "/doc/{id}"},
                                  {Method::Get, "/doc/new"},
                                  {Method::Get, "/doc/{id}/file"},
                                  {Method::Get, "/{any}/new/file"}});
  EXPECT_EQ(found(router, Method::Get, "/"), "/");
  EXPECT_EQ(found(router, Method::Get, "/doc/7"), "/doc/{id}");
  EXPECT_EQ(found(router, Method::Get, "/doc/new"), "/doc/new");
  EXPECT_EQ(found(router, Method::Get, "/doc/new/file"), "/doc/{id}/file");
  EXPECT_EQ(found(router, Method::Get, "/x/new/file"), "/{any}/new/file");
  EXPECT_EQ(found(router, Method::Get, "/x/old/file"), "");
}

TEST(RouterTest, ParametersTakeOneSegmentThatIsNotEmpty) {
  const Router router = routerOf({{Method::Get, "/a/{x}/b/{y}"}});
  const Router::Match match = router.find(Method::Get, "/a/1 2/b/đ");
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.params.at("x"), "1 2");
  EXPECT_EQ(match.params.at("y"), "đ");
  for (const char* path : {"/a//b/y", "/a/x/b/", "/a/x/b", "/a/x/b/y/", "/a/x/y/b/z", "", "a"}) {
    EXPECT_EQ(found(router, Method::Get, path), "") << path;
  }
}

TEST(RouterTest, ANameBelongsToItsRoute) {
  const Router router = routerOf({{Method::Get, "/doc/{id}"}, {Method::Post, "/doc/{number}"}});
  EXPECT_EQ(router.find(Method::Get, "/doc/1").params.count("id"), 1U);
  EXPECT_EQ(router.find(Method::Post, "/doc/1").params.count("number"), 1U);
}

TEST(RouterTest, AnotherMethodOfTheSamePathIsNamed) {
  const Router router = routerOf(
      {{Method::Get, "/doc/new"}, {Method::Delete, "/doc/{id}"}, {Method::Post, "/doc/{id}"}});
  EXPECT_EQ(found(router, Method::Head, "/doc/new"), "/doc/new");
  EXPECT_EQ(found(router, Method::Delete, "/doc/new"), "/doc/{id}");
  const Router::Match match = router.find(Method::Put, "/doc/new");
  EXPECT_EQ(match.route, nullptr);
  EXPECT_EQ(match.allowed,
            (std::vector<Method>{Method::Get, Method::Head, Method::Post, Method::Delete}));
  EXPECT_TRUE(router.find(Method::Put, "/none").allowed.empty());
}

TEST(RouterTest, TheSameRouteTwiceIsABug) {
  EXPECT_THROW(routerOf({{Method::Get, "/a/{x}"}, {Method::Get, "/a/{y}"}}), std::logic_error);
  EXPECT_THROW(routerOf({{Method::Get, "a"}}), std::logic_error);
}

}  // namespace

package io.livesale.order.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRequestsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/orders",
                "/orders/",
                "/%6frders",
                "/creators/%E6%9E%97",
                "/creators/auth0%7C5f7c",
                "/creators/a@b.c",
                "/counties/A-1.z",
                "/counties/..a",
                "/q/health"
            })
    void takesPlainPaths(String path) {
        assertTrue(PlainRequests.isPlainPath(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders",
                "*",
                "/orders;x",
                "/orders%3Bx",
                "/orders%3bx",
                "//orders",
                "/orders//1",
                "/orders/..",
                "/./orders",
                "/%2e%2e/q",
                "/orders%2F1",
                "/orders%5c1",
                "/orders%00",
                "/orders%7f",
                "/orders%",
                "/orders%z0",
                "/orders%0",
                "/orders%c3%28",
                "/orders%ff",
                "/orders%ed%a0%80",
                "/orders%c0%af",
                "/orders\u00e9",
                "/orders<",
                "/orders%2541"
            })
    void refusesWhatTwoReadersCouldUnderstandDifferently(String path) {
        assertFalse(PlainRequests.isPlainPath(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "limit=1&cursor=x", "q=%E8%98%91%E8%8F%87", "q=a+b", "q=%00", "q=100%25", "a[]={x}|^"})
    void takesQueriesInUtf8(String query) {
        assertTrue(PlainRequests.isPlainQuery(query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"q=%", "q=%e", "q=%zz", "q=%ff", "q=%c3%28", "q=%ed%a0%80", "q=\u8611", "q=\u00e9", "q=a b"})
    void refusesQueriesThatAreNone(String query) {
        assertFalse(PlainRequests.isPlainQuery(query));
    }
}

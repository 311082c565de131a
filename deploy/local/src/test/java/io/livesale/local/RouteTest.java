package io.livesale.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
    @ParameterizedTest
    @CsvSource({
        "/orders, ORDER",
        "/orders/, ORDER",
        "/orders/1?receipt=/payouts, ORDER",
        "/payments/webhook, ORDER",
        "/availability/1, ORDER",
        "/earnings/me, PAYOUT",
        "/payouts/1/hold, PAYOUT",
        "/payout-accounts/me, PAYOUT",
        "/payout-provider/webhook, PAYOUT",
        "/settlements, PAYOUT",
        "/fee-programmes/x, PAYOUT",
        "/reports/impact?from=2026-01-01, PAYOUT",
        "/ledger/verification, PAYOUT",
        "/audit?limit=5, PAYOUT",
        "/me/earnings, PAYOUT",
        "/me/earnings/statement?month=2026-11, PAYOUT",
        "/impact, PAYOUT",
        "/impact/audit?actor=staff, PAYOUT",
        "/earnings-assets/earnings.js, PAYOUT",
        "/, CATALOG",
        "/?x=1, CATALOG",
        "/me, CATALOG",
        "/me/sessions, CATALOG",
        "/assets/desk.js, CATALOG",
        "/ordersx, CATALOG",
        "/order, CATALOG",
        "/Orders, CATALOG",
        "/payoutsx/1, CATALOG",
        "/live/1/orders, CATALOG",
        "/qx, CATALOG",
        "/creators/me/q, CATALOG",
        "/creators/user%7C1%20x, CATALOG",
        "/%6Frders/1, ORDER"
    })
    void routesByWholeLeadingSegments(String uri, Service service) {
        assertEquals(new Route.To(service), Route.of(uri));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q", "/q/", "/q/health", "/%71/health", "/q/dev-ui?x"})
    void hidesWhatServicesOfferToOperators(String uri) {
        assertEquals(new Route.Hidden(), Route.of(uri));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/tokens", "/sandbox/psp/payments", "/%64ev/tokens"})
    void keepsItsOwnPaths(String uri) {
        assertEquals(new Route.Local(), Route.of(uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/orders;x",
                "/orders%3Bx/1",
                "/orders%3bx",
                "//orders",
                "/catalog//q/health",
                "/orders//",
                "/x/../q/health",
                "/x/./q",
                "/%2e%2e/q",
                "/.%2E/q",
                "/x%2Fq",
                "/x%2fq",
                "/x%5Cq",
                "/x\\q",
                "/%2571/health",
                "/%00q",
                "/%0d%0aq",
                "/%7f",
                "/%zz",
                "/%",
                "/%4",
                "/x%",
                "/ä",
                "/a b",
                "*",
                "",
                "http://localhost/orders"
            })
    void sendsNowhereWhatCanBeReadInTwoWays(String uri) {
        assertEquals(new Route.Malformed(), Route.of(uri));
    }
}

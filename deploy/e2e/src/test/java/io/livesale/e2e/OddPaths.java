package io.livesale.e2e;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Paths that one reader may take for another path than the next one does. */
final class OddPaths {
    /** Some of each service, with and without parameters, that read and that change something. */
    static final Set<String> TRIED = Set.of(
            "GET /orders/{orderId}",
            "POST /orders/{orderId}/refunds",
            "GET /payouts",
            "POST /payouts/{payoutId}/cancel",
            "POST /settlements",
            "GET /ledger/verification",
            "GET /creators",
            "PUT /creators/{id}/verification",
            "POST /products/import");
    /** No such path, or guarded all the same; never let in, never sent elsewhere, never a fault. */
    static final Set<Integer> REFUSED = Set.of(400, 401, 403, 404, 405);

    private OddPaths() {}

    static List<String> of(String path) {
        int last = path.lastIndexOf('/');
        String parent = last == 0 ? "/." : path.substring(0, last);
        String name = path.substring(last + 1);
        String first = path.substring(1, 2);
        return List.of(
                path,
                path + ";x",
                path + ";x=y/",
                path + "%3Bx",
                "/;x" + path,
                path + "/",
                path + "//",
                path + "/.",
                path + "/%2e",
                path + "/x/..",
                path + "/x/%2e%2e",
                "/" + path,
                "/." + path,
                "/%2e" + path,
                "/x/.." + path,
                "/%2F" + path.substring(1),
                parent + "//" + name,
                parent + "/./" + name,
                parent + "%2F" + name,
                parent + "%5C" + name,
                parent + "/" + name.toUpperCase(Locale.ROOT),
                path.toUpperCase(Locale.ROOT),
                "/%" + Integer.toHexString(first.charAt(0)) + path.substring(2),
                path + "%20",
                path + "%00",
                path + ".json",
                path + "?" + path);
    }
}

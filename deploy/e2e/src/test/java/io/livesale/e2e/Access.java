package io.livesale.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One line of {@code access.txt}, which says what its words mean.
 *
 * @param documented whether the service publishes the operation
 * @param path with {@code {name:thing}} for parameters
 * @param answer the status that the owner is told
 * @param roles what a stranger with this role is told, by role; empty where no role is asked for
 * @param otherwise everyone, signed or nobody where no role is asked for
 */
record Access(
        String service,
        boolean documented,
        String method,
        String path,
        String accept,
        int answer,
        Map<String, String> roles,
        String otherwise) {
    static final List<String> SERVICES = List.of("order-service", "payout-service", "catalog-service");

    private static final String JSON_OR_ELSE_ANYTHING = "application/json, */*;q=0.1";
    private static final Pattern THING = Pattern.compile("\\{(\\w+):\\w+}");

    static List<Access> table() {
        List<Access> table = new ArrayList<>();
        List<String> services = List.of();
        boolean documented = true;
        for (String line : lines()) {
            if (line.matches("\\S+-service") || line.equals("every service")) {
                services = line.equals("every service") ? SERVICES : List.of(line);
                documented = true;
            } else if (line.equals("undocumented")) {
                documented = false;
            } else {
                for (String service : services) {
                    table.add(parse(service, documented, line));
                }
            }
        }
        return table;
    }

    private static List<String> lines() {
        try (InputStream table = Access.class.getResourceAsStream("access.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Access parse(String service, boolean documented, String line) {
        List<String> words = new ArrayList<>(Arrays.asList(line.split("\\s+")));
        String method = words.remove(0);
        String path = words.remove(0);
        String accept = words.get(0).contains("/") ? words.remove(0) : JSON_OR_ELSE_ANYTHING;
        int answer = Integer.parseInt(words.remove(0));
        Map<String, String> roles = new LinkedHashMap<>();
        words.stream()
                .map(word -> word.split("="))
                .filter(who -> who.length == 2)
                .forEach(who -> roles.put(who[0], who[1]));
        String otherwise = roles.isEmpty() ? words.get(0) : "";
        return new Access(service, documented, method, path, accept, answer, roles, otherwise);
    }

    /** As the service's document names it. */
    String operation() {
        String template = THING.matcher(path.split("\\?")[0]).replaceAll("{$1}");
        return method + " " + template;
    }

    boolean isGuarded() {
        return !roles.isEmpty();
    }

    /** Of the service itself, not of the shop. */
    boolean isOfManagement() {
        return path.matches("/q(/.*)?");
    }

    Set<String> mayAsk() {
        return roles.keySet();
    }

    /** Any of them. */
    String oneRole() {
        return roles.keySet().iterator().next();
    }

    @Override
    public String toString() {
        return method + " " + path + " of " + service;
    }
}

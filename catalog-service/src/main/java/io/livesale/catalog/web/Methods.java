package io.livesale.catalog.web;

import io.livesale.catalog.Problem;
import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.core.Deployment;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Which methods a path takes, whichever classes its resources are of; the framework looks only at one class. Asked when
 * something is refused, and for {@code OPTIONS}.
 */
@Singleton
final class Methods {
    private static final int AFTER_PLAIN_REQUESTS = 999_999;
    /** Health, metrics and the API's documents. */
    private static final String NOT_OURS = "/q/";

    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

    private final Refusals refusals;
    private volatile @Nullable Map<String, Set<String>> methods;

    Methods(Refusals refusals) {
        this.refusals = refusals;
    }

    void install(@Observes Filters filters) {
        filters.register(this::options, AFTER_PLAIN_REQUESTS);
    }

    private void options(RoutingContext request) {
        if (!request.request().method().equals(HttpMethod.OPTIONS)
                || request.normalizedPath().startsWith(NOT_OURS)) {
            request.next();
            return;
        }
        Set<String> allowed = of(request.normalizedPath());
        if (allowed.isEmpty()) {
            refusals.answer(request, Problem.NOT_FOUND, Problem.NOT_FOUND.title() + ".");
        } else {
            request.response()
                    .setStatusCode(204)
                    .putHeader(HttpHeaders.ALLOW, String.join(", ", allowed))
                    .end();
        }
    }

    /** In alphabetical order; empty when nothing is at this path. */
    Set<String> of(String path) {
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return all().entrySet().stream()
                .filter(entry -> plain.matches(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, Set<String>> all() {
        Map<String, Set<String>> known = methods;
        if (known == null) {
            known = read(ResteasyReactiveRecorder.getCurrentDeployment());
            methods = known;
        }
        return known;
    }

    private static Map<String, Set<String>> read(Deployment deployment) {
        Map<String, Set<String>> found = new TreeMap<>();
        RuntimeResourceVisitor.visitRuntimeResources(
                deployment.getPrefix(), deployment.getClassMappers(), new RuntimeResourceVisitor() {
                    @Override
                    public void visitRuntimeResource(String method, String template, RuntimeResource resource) {
                        Set<String> of = found.computeIfAbsent(pattern(template), path -> new TreeSet<>());
                        of.add(method);
                        of.add("OPTIONS");
                        if (method.equals("GET")) {
                            of.add("HEAD");
                        }
                    }
                });
        return found;
    }

    private static String pattern(String template) {
        String path = template.length() > 1 && template.endsWith("/")
                ? template.substring(0, template.length() - 1)
                : template;
        return PARAMETER.matcher(path).replaceAll("[^/]+");
    }
}

package io.livesale.order.web;

import io.livesale.order.Problem;
import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final int BEFORE_ACCEPTANCE = 999_999;
    /** Health, metrics and the API's documents. */
    private static final String NOT_OURS = "/q/";

    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

    private final Refusals refusals;
    private volatile @Nullable List<Resource> resources;

    private record Resource(Pattern path, Set<String> methods) {}

    Methods(Refusals refusals) {
        this.refusals = refusals;
    }

    void install(@Observes Filters filters) {
        filters.register(this::options, BEFORE_ACCEPTANCE);
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
        String plain = withoutSlash(path);
        return all().stream()
                .filter(resource -> resource.path().matcher(plain).matches())
                .flatMap(resource -> resource.methods().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Resource> all() {
        List<Resource> known = resources;
        if (known == null) {
            known = read(ResteasyReactiveRecorder.getCurrentDeployment());
            resources = known;
        }
        return known;
    }

    private static List<Resource> read(Deployment deployment) {
        Map<String, Set<String>> found = new TreeMap<>();
        RuntimeResourceVisitor.visitRuntimeResources(
                deployment.getPrefix(), deployment.getClassMappers(), new RuntimeResourceVisitor() {
                    @Override
                    public void visitRuntimeResource(String method, String template, RuntimeResource resource) {
                        Set<String> of = found.computeIfAbsent(template, path -> new TreeSet<>());
                        of.add(method);
                        of.add("OPTIONS");
                        if (method.equals("GET")) {
                            of.add("HEAD");
                        }
                    }
                });
        return found.entrySet().stream()
                .map(methods -> new Resource(pattern(methods.getKey()), methods.getValue()))
                .toList();
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(Stream.of(PARAMETER.split(withoutSlash(template), -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("[^/]+")));
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}

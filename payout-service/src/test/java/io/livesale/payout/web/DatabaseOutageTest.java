package io.livesale.payout.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.livesale.payout.Database;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database ends the service's connections and takes no new ones. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class DatabaseOutageTest {
    private Connection owner;

    @BeforeEach
    void takeTheDatabaseAway() throws SQLException {
        owner = Database.asOwner();
        try (Connection runtimeRole = Database.asRuntimeRole();
                Statement statement = runtimeRole.createStatement()) {
            limitConnections(0);
            statement.execute("""
                    SELECT pg_terminate_backend(pid)
                    FROM pg_stat_activity
                    WHERE usename = current_user AND pid <> pg_backend_pid()
                    """);
        }
    }

    @AfterEach
    void giveTheDatabaseBack() throws SQLException {
        limitConnections(-1);
        owner.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/csv"})
    void answersThatItIsUnavailable(String accept) {
        given().auth()
                .oauth2(Tokens.of("coop", "seller"))
                .accept(accept)
                .get("/earnings/me/entries")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .body("code", equalTo("UNAVAILABLE"));
    }

    @Test
    void answersAgainAsSoonAsTheDatabaseDoes() throws SQLException {
        limitConnections(-1);

        given().auth()
                .oauth2(Tokens.of("coop", "seller"))
                .get("/earnings/me/entries")
                .then()
                .statusCode(200);
    }

    private void limitConnections(int most) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("ALTER DATABASE payouts CONNECTION LIMIT " + most);
        }
    }
}

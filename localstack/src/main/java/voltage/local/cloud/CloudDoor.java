package voltage.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.local.net.HttpServer;
import voltage.store.cloud.CloudClients;

/**
 * Lets other processes of this machine reach an embedded cloud through the AWS SDK: SQS and S3 listen on loopback ports anyway, DynamoDB
 * gets one, and {@value #FILE} in the cloud's folder says where they are. The file means something only while the folder is locked.
 */
public final class CloudDoor implements AutoCloseable {
    static final String FILE = "endpoints.json";

    private static final Logger LOG = LoggerFactory.getLogger(CloudDoor.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer dynamoDb;
    private final Path file;

    private CloudDoor(HttpServer dynamoDb, Path file) {
        this.dynamoDb = dynamoDb;
        this.file = file;
    }

    /** Opens it for a cloud that keeps its things in {@code directory}. */
    public static CloudDoor open(EmbeddedCloud cloud, Path directory) {
        try {
            HttpServer server =
                    HttpServer.start(0, new DynamoDbDoor(cloud.clients().dynamoDb()));
            Path file = directory.resolve(FILE);
            CloudClients.Endpoints others = cloud.endpoints();
            byte[] body = JSON.writeValueAsBytes(JSON.createObjectNode()
                    .put("region", others.region())
                    .put("stage", cloud.resources().stage())
                    .put("dynamodb", "http://127.0.0.1:" + server.port())
                    .put("sqs", others.sqs().map(URI::toString).orElse(""))
                    .put("s3", others.s3().map(URI::toString).orElse(""))
                    .put("pid", ProcessHandle.current().pid()));
            Path draft = directory.resolve(FILE + ".part");
            Files.write(draft, body);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new CloudDoor(server, file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "other processes cannot be let into the cloud in \"" + directory + "\": " + e.getMessage(), e);
        }
    }

    /**
     * Where the cloud in a folder can be reached, if a process says so.
     *
     * @throws UncheckedIOException if there is such a file and it cannot be read
     */
    public static Optional<CloudClients.Endpoints> endpoints(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode body = JSON.readTree(file.toFile());
            return Optional.of(new CloudClients.Endpoints(
                    body.path("region").asText(), uri(body, "dynamodb"), uri(body, "sqs"), uri(body, "s3")));
        } catch (IOException e) {
            throw new UncheckedIOException("\"" + file + "\" cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<URI> uri(JsonNode body, String name) {
        String text = body.path(name).asText("");
        return text.isEmpty() ? Optional.empty() : Optional.of(URI.create(text));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("\"{}\" stays and means nothing once the folder is free", file, e);
        }
        dynamoDb.close();
    }
}

package voltage.local.cloud;

import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.xml.XmlFactory;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.robothy.netty.initializer.HttpServerInitializer;
import com.robothy.s3.core.service.BucketService;
import com.robothy.s3.core.service.ObjectService;
import com.robothy.s3.core.service.manager.LocalS3Manager;
import com.robothy.s3.core.service.manager.vectors.LocalS3VectorsManager;
import com.robothy.s3.core.service.s3vectors.S3VectorsService;
import com.robothy.s3.rest.handler.LocalS3RouterFactory;
import com.robothy.s3.rest.service.DefaultServiceFactory;
import com.robothy.s3.rest.service.ServiceFactory;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLInputFactory;

/** S3 by LocalS3. Put together here, because its own starter listens on all interfaces and this one must not. */
final class LocalObjects implements AutoCloseable {
    private final EventLoopGroup network;
    private final DefaultEventLoopGroup workers;
    private final Channel channel;
    private final ChannelGroup connections;

    private LocalObjects(
            EventLoopGroup network, DefaultEventLoopGroup workers, Channel channel, ChannelGroup connections) {
        this.network = network;
        this.workers = workers;
        this.channel = channel;
        this.connections = connections;
    }

    static LocalObjects start(Optional<Path> directory) {
        ServiceFactory services = services(manager(directory));
        EventLoopGroup network = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("embedded-s3-io", true), NioIoHandler.newFactory());
        DefaultEventLoopGroup workers = new DefaultEventLoopGroup(2, new DefaultThreadFactory("embedded-s3", true));
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        HttpServerInitializer http = new HttpServerInitializer(workers, LocalS3RouterFactory.create(services));
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(network)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connections.add(connection);
                        connection.pipeline().addLast(http);
                    }
                });
        Channel channel = bootstrap
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        return new LocalObjects(network, workers, channel, connections);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) channel.localAddress()).getPort());
    }

    private static LocalS3Manager manager(Optional<Path> directory) {
        if (directory.isEmpty()) {
            return LocalS3Manager.createInMemoryS3Manager();
        }
        try {
            return LocalS3Manager.createFileSystemS3Manager(Files.createDirectories(directory.get()));
        } catch (IOException e) {
            throw new UncheckedIOException("the directory \"" + directory.get() + "\" cannot be made", e);
        }
    }

    private static ServiceFactory services(LocalS3Manager manager) {
        ServiceFactory services = new DefaultServiceFactory();
        BucketService buckets = manager.bucketService();
        ObjectService objects = manager.objectService();
        S3VectorsService vectors = LocalS3VectorsManager.createInMemory().s3VectorsService();
        XMLInputFactory input = new WstxInputFactory();
        input.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XmlMapper xml = new XmlMapper(new XmlFactory(input, new WstxOutputFactory()));
        xml.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        xml.registerModule(new Jdk8Module());
        xml.registerModule(new JavaTimeModule());
        ObjectMapper json = new ObjectMapper();
        json.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        json.configure(SerializationFeature.FAIL_ON_EMPTY_BEANS, false);
        json.setSerializationInclusion(JsonInclude.Include.NON_NULL);
        json.registerModule(new Jdk8Module());
        json.registerModule(new JavaTimeModule());
        services.register(BucketService.class, () -> buckets);
        services.register(ObjectService.class, () -> objects);
        services.register(S3VectorsService.class, () -> vectors);
        services.register(XmlMapper.class, () -> xml);
        services.register(ObjectMapper.class, () -> json);
        return services;
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        // The farewell of a kept-alive connection passes through both groups, so both must still be there for it.
        connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        workers.shutdownGracefully(20, 500, TimeUnit.MILLISECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
        network.shutdownGracefully(0, 500, TimeUnit.MILLISECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}

package voltage.training.patchtst;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;

/** Writes an ONNX graph node by node; each method gives the name of what it made. */
final class OnnxNodes {
    private static final int OPERATOR_SET = 17;
    private static final int FORMAT = 8;

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private int made;

    OnnxNodes(String name) {
        graph.setName(name);
    }

    String input(String name, long... shape) {
        graph.addInput(value(name, shape));
        return name;
    }

    private static ValueInfoProto value(String name, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long each : shape) {
            dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(each));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(dimensions)))
                .build();
    }

    String constant(float[] values, long... shape) {
        String name = fresh("constant");
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
        Arrays.stream(shape).forEach(tensor::addDims);
        for (float each : values) {
            tensor.addFloatData(each);
        }
        graph.addInitializer(tensor);
        return name;
    }

    private String whole(long... values) {
        String name = fresh("shape");
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(values.length);
        Arrays.stream(values).forEach(tensor::addInt64Data);
        graph.addInitializer(tensor);
        return name;
    }

    private String fresh(String kind) {
        return kind + made++;
    }

    private NodeProto.Builder node(String operator, String... from) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .setName(fresh(operator))
                .addAllInput(Arrays.asList(from));
    }

    private String add(NodeProto.Builder node) {
        String name = node.getName() + "_out";
        graph.addNode(node.addOutput(name));
        return name;
    }

    private static AttributeProto whole(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto wholes(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }

    String add(String a, String b) {
        return add(node("Add", a, b));
    }

    String multiply(String a, String b) {
        return add(node("Mul", a, b));
    }

    String matrix(String a, String b) {
        return add(node("MatMul", a, b));
    }

    /** Of two matrices, with a row or a matrix added. */
    String linear(String a, String b, String added) {
        return add(node("Gemm", a, b, added));
    }

    String reshape(String a, long... shape) {
        return add(node("Reshape", a, whole(shape)));
    }

    String transpose(String a, long... order) {
        return add(node("Transpose", a).addAttribute(wholes("perm", order)));
    }

    String softmax(String a) {
        return add(node("Softmax", a).addAttribute(whole("axis", -1)));
    }

    String sigmoid(String a) {
        return add(node("Sigmoid", a));
    }

    String meanOfRows(String a) {
        return add(node("ReduceMean", a).addAttribute(wholes("axes", 0)).addAttribute(whole("keepdims", 1)));
    }

    /** Exact: {@code x (1 + erf(x/√2))/2}, in the form that ONNX Runtime knows as one operation. */
    String gelu(String a) {
        String erf = add(node("Erf", add(node("Div", a, constant(new float[] {(float) Math.sqrt(2)})))));
        return multiply(multiply(a, add(erf, constant(new float[] {1}))), constant(new float[] {0.5f}));
    }

    String norm(String a, String scale, String shift, float epsilon) {
        return add(node("LayerNormalization", a, scale, shift)
                .addAttribute(whole("axis", -1))
                .addAttribute(AttributeProto.newBuilder()
                        .setName("epsilon")
                        .setType(AttributeProto.AttributeType.FLOAT)
                        .setF(epsilon)));
    }

    /** Three equal parts along the second dimension. */
    String[] thirds(String a, long each) {
        NodeProto.Builder node = node("Split", a, whole(each, each, each)).addAttribute(whole("axis", 1));
        String[] names = {node.getName() + "_a", node.getName() + "_b", node.getName() + "_c"};
        graph.addNode(node.addAllOutput(Arrays.asList(names)));
        return names;
    }

    byte[] finish(String made, String output, long... shape) {
        graph.addNode(node("Identity", made).addOutput(output));
        graph.addOutput(value(output, shape));
        return ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("voltage")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }
}
